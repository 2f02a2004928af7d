package io.edgecam.web;

import io.edgecam.settings.WebSettings;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.Options;

/** The module's web door, open from {@link #start} to {@link #close}. For any number of threads. */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);

    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MAX_BUFFERS = 64;
    private static final int MAX_HEADERS = 64;
    private static final int MAX_PARAMETERS = 16;
    /** The kernel's store for one connection: little, so that a slow viewer sees new pictures and not a queue of old. */
    private static final int SEND_BUFFER_BYTES = 256 * 1024;
    /** Connections for everything but viewers. */
    private static final int SPARE_CONNECTIONS = 256;

    private static final Duration NO_REQUEST = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(1);

    private final Undertow undertow;
    private final Requests requests;
    private final Streams streams;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WebServer(Undertow undertow, Requests requests, Streams streams, int port) {
        this.undertow = undertow;
        this.requests = requests;
        this.streams = streams;
        this.port = port;
    }

    /**
     * Opens the door. Without a token it is open to this machine only, unless the settings say that anyone may look.
     *
     * @throws IOException if the port cannot be had; says what to do
     */
    public static WebServer start(WebSettings settings, Windows windows) throws IOException {
        return start(settings, windows, Patience.USUAL);
    }

    static WebServer start(WebSettings settings, Windows windows, Patience patience) throws IOException {
        boolean outside = !settings.token().isEmpty() || settings.anonymous();
        String address = outside ? EVERYWHERE : LOOPBACK;
        Badges badges = new Badges(settings.token(), settings.port(), InstantSource.system());
        Streams streams = new Streams(windows, settings, patience);
        Requests requests = new Requests(windows, badges, streams, patience.body());
        Entrance entrance = new Entrance(requests.routes(), Hosts.ofThisMachine(settings.allowedHosts()), badges);
        Undertow undertow = build(settings, address, patience, entrance);
        try {
            undertow.start();
        } catch (RuntimeException e) {
            undertow.stop();
            requests.close();
            throw unopened(settings.port(), address, e);
        }
        InetSocketAddress bound =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        WebServer server = new WebServer(undertow, requests, streams, bound.getPort());
        tell(settings, server.url(), outside);
        return server;
    }

    public int port() {
        return port;
    }

    /** Where the page is for someone on this machine. */
    public URI url() {
        return URI.create("http://" + LOOPBACK + ":" + port + "/");
    }

    /** Closes every connection, streams too, and waits for what is being done. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            streams.close();
            requests.close();
            undertow.stop();
        }
    }

    private static Undertow build(WebSettings settings, String address, Patience patience, Entrance entrance) {
        int connections = settings.maxViewers() + SPARE_CONNECTIONS;
        return Undertow.builder()
                .addHttpListener(settings.port(), address)
                .setHandler(new HttpContinueReadHandler(entrance))
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setByteBufferPool(new DefaultByteBufferPool(true, BUFFER_BYTES, MAX_BUFFERS, 4))
                .setWorkerOption(Options.WORKER_NAME, "web")
                .setWorkerOption(Options.THREAD_DAEMON, true)
                .setWorkerOption(Options.CONNECTION_HIGH_WATER, connections)
                .setWorkerOption(Options.CONNECTION_LOW_WATER, connections - 1)
                .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER_BYTES)
                .setSocketOption(Options.KEEP_ALIVE, true)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, BUFFER_BYTES)
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .setServerOption(UndertowOptions.MAX_PARAMETERS, MAX_PARAMETERS)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) Body.MAX_BYTES)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int)
                        patience.head().toMillis())
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, (int) NO_REQUEST.toMillis())
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, (int) STOP.toMillis())
                .build();
    }

    private static IOException unopened(int port, String address, RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String fix = cause instanceof BindException
                ? "stop the program that has it (ss -ltnp shows which), or choose another one in web.port;"
                        + " ports below 1024 need rights that edgecam does not have"
                : "choose another one in web.port";
        return new IOException(
                "port " + port + " on " + address + " cannot be opened (" + cause.getMessage() + "): " + fix, cause);
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
