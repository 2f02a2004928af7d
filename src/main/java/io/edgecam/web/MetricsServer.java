package io.edgecam.web;

import io.edgecam.settings.MetricsSettings;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port for collectors of metrics, open from {@link #start} to {@link #close}: plain HTTP on every address and without a
 * token, as the runtime's own modules have it. For any number of threads.
 */
public final class MetricsServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsServer.class);
    private static final String PATH = "/metrics";
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int CONNECTIONS = 256;

    private final Supplier<String> text;
    private final Desk desk = new Desk("metrics", 1, CONNECTIONS, () -> {});
    private final Route route = Route.open(this::answer);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final HttpPort port;

    private MetricsServer(MetricsSettings settings, Supplier<String> text, Patience patience) throws IOException {
        this.text = text;
        HttpPort.Wanted wanted = new HttpPort.Wanted(
                "metrics", HttpPort.EVERYWHERE, settings.port(), CONNECTIONS, patience, Optional.empty());
        this.port = HttpPort.open(wanted, this::handle);
    }

    /**
     * Opens the port.
     *
     * @param text the page, made anew for each request
     * @throws IOException if the port cannot be had; says what to do
     */
    public static MetricsServer start(MetricsSettings settings, Supplier<String> text) throws IOException {
        return start(settings, text, Patience.USUAL);
    }

    static MetricsServer start(MetricsSettings settings, Supplier<String> text, Patience patience) throws IOException {
        MetricsServer server = new MetricsServer(settings, text, patience);
        log.info("Metrics at port {}, path {}, for everyone who reaches it", server.port(), PATH);
        return server;
    }

    public int port() {
        return port.port();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            desk.close();
            port.close();
        }
    }

    private void handle(HttpServerExchange exchange) {
        SafeHeaders.put(exchange);
        if (!exchange.getRequestPath().equals(PATH)) {
            Reply.error(404, "NotFound", "there is nothing but " + PATH + " on this port")
                    .send(exchange);
            return;
        }
        Optional<Reply> wrongMethod = route.refusesMethod(exchange);
        if (wrongMethod.isPresent()) {
            wrongMethod.get().send(exchange);
            return;
        }
        answer(exchange);
    }

    private void answer(HttpServerExchange exchange) {
        desk.ask(exchange, () -> Reply.of(200, TYPE, ByteBuffer.wrap(text.get().getBytes(StandardCharsets.UTF_8))));
    }
}
