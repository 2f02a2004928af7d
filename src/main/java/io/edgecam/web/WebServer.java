package io.edgecam.web;

import io.edgecam.settings.WebSettings;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The module's web door, open from {@link #start} to {@link #close}. For any number of threads. */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);

    /** Connections for everything but viewers. */
    private static final int SPARE_CONNECTIONS = 256;

    private final HttpPort port;
    private final Requests requests;
    private final Streams streams;
    private final Map<String, Route> routes;
    private final boolean encrypted;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WebServer(HttpPort port, Requests requests, Map<String, Route> routes, Streams streams, boolean encrypted) {
        this.port = port;
        this.requests = requests;
        this.routes = routes;
        this.streams = streams;
        this.encrypted = encrypted;
    }

    /**
     * Opens the door. Without a token it is open to this machine only, unless the settings say that anyone may look.
     *
     * @param tls with what it is encrypted; empty = not at all
     * @throws IOException if the port cannot be had; says what to do
     */
    public static WebServer start(WebSettings settings, Windows windows, Optional<SSLContext> tls) throws IOException {
        return start(settings, windows, tls, Patience.USUAL);
    }

    static WebServer start(WebSettings settings, Windows windows, Optional<SSLContext> tls, Patience patience)
            throws IOException {
        boolean outside = !settings.token().isEmpty() || settings.anonymous();
        String address = outside ? HttpPort.EVERYWHERE : HttpPort.LOOPBACK;
        Badges badges = new Badges(
                settings.token(),
                settings.port(),
                tls.isPresent(),
                InstantSource.system(),
                new Lockout(System::nanoTime, windows.figures()));
        Streams streams = new Streams(windows, settings, patience);
        Requests requests = new Requests(windows, badges, streams, patience.body());
        Map<String, Route> routes = requests.routes();
        Entrance entrance =
                new Entrance(routes, Hosts.ofThisMachine(settings.allowedHosts()), badges, windows.figures());
        int connections = settings.maxViewers() + SPARE_CONNECTIONS;
        HttpPort port;
        try {
            port = HttpPort.open(
                    new HttpPort.Wanted("web", address, settings.port(), connections, patience, tls),
                    new HttpContinueReadHandler(entrance));
        } catch (IOException e) {
            requests.close();
            throw e;
        }
        WebServer server = new WebServer(port, requests, routes, streams, tls.isPresent());
        tell(settings, server.url(), outside);
        return server;
    }

    /** What can be asked, for tests that must miss none. */
    Map<String, Route> routes() {
        return routes;
    }

    public int port() {
        return port.port();
    }

    /** Where the page is for someone on this machine. */
    public URI url() {
        return URI.create((encrypted ? "https://" : "http://") + HttpPort.LOOPBACK + ":" + port() + "/");
    }

    /** Closes every connection, streams too, and waits for what is being done. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            streams.close();
            requests.close();
            port.close();
        }
    }

    private static void tell(WebSettings settings, URI url, boolean outside) {
        if (!outside) {
            log.info("Page at {} for this machine only: set web.token to open it to others", url);
        } else if (settings.token().isEmpty()) {
            log.warn("Page at {} for everyone who reaches this machine, without a token (web.anonymous)", url);
        } else {
            log.info("Page at {} for everyone with the token", url);
        }
    }
}
