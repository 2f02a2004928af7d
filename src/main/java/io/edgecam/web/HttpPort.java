package io.edgecam.web;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.Options;

/** One open port that speaks HTTP within bounds: heads, bodies, connections and patience. For any number of threads. */
final class HttpPort implements AutoCloseable {
    static final String LOOPBACK = "127.0.0.1";
    static final String EVERYWHERE = "0.0.0.0";

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MAX_BUFFERS = 64;
    private static final int MAX_HEADERS = 64;
    private static final int MAX_PARAMETERS = 16;
    /** The kernel's store for one connection: little, so that a slow viewer sees new pictures and not a queue of old. */
    private static final int SEND_BUFFER_BYTES = 256 * 1024;

    /** Bodies have a {@link BodyBound} instead. */
    private static final long UNBOUNDED = -1;

    private static final Duration STOP = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(HttpPort.class);

    private final Undertow undertow;
    private final int port;

    private HttpPort(Undertow undertow) {
        this.undertow = undertow;
        InetSocketAddress bound =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        this.port = bound.getPort();
    }

    /** @throws IOException if the port cannot be had; says what to do */
    static HttpPort open(Wanted wanted, HttpHandler handler) throws IOException {
        Undertow undertow = build(wanted, handler);
        try {
            undertow.start();
        } catch (RuntimeException e) {
            undertow.stop();
            throw unopened(wanted, e);
        }
        return new HttpPort(undertow);
    }

    int port() {
        return port;
    }

    /** First takes nobody in any more and waits for those who are just coming in, for to them a closed port is an error. */
    @Override
    public void close() {
        undertow.getListenerInfo().forEach(Undertow.ListenerInfo::suspend);
        CountDownLatch in = new CountDownLatch(1);
        undertow.getWorker().getIoThread().execute(in::countDown);
        try {
            if (!in.await(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("The {} port is closed though it still answers somebody", port);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        undertow.stop();
    }

    private static Undertow build(Wanted wanted, HttpHandler handler) {
        Undertow.Builder builder = Undertow.builder();
        wanted.tls()
                .ifPresentOrElse(
                        tls -> builder.addHttpsListener(wanted.port(), wanted.address(), tls),
                        () -> builder.addHttpListener(wanted.port(), wanted.address()));
        return builder.setHandler(BodyBound.before(handler))
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setByteBufferPool(new DefaultByteBufferPool(true, BUFFER_BYTES, MAX_BUFFERS, 4))
                .setWorkerOption(Options.WORKER_NAME, wanted.name())
                .setWorkerOption(Options.THREAD_DAEMON, true)
                .setWorkerOption(Options.CONNECTION_HIGH_WATER, wanted.connections())
                .setWorkerOption(Options.CONNECTION_LOW_WATER, wanted.connections() - 1)
                .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER_BYTES)
                .setSocketOption(Options.KEEP_ALIVE, true)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, BUFFER_BYTES)
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .setServerOption(UndertowOptions.MAX_PARAMETERS, MAX_PARAMETERS)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, UNBOUNDED)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int)
                        wanted.patience().head().toMillis())
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, (int)
                        wanted.patience().idle().toMillis())
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, (int) STOP.toMillis())
                .build();
    }

    private static IOException unopened(Wanted wanted, RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String setting = wanted.name() + ".port";
        String fix = cause instanceof BindException
                ? "stop the program that has it (ss -ltnp shows which), or choose another one in " + setting
                        + "; ports below 1024 need rights that edgecam does not have"
                : "choose another one in " + setting;
        return new IOException(
                "port " + wanted.port() + " on " + wanted.address() + " cannot be opened (" + cause.getMessage() + "): "
                        + fix,
                cause);
    }

    /**
     * What port and for whom.
     *
     * @param name of the part of the settings it belongs to, and of its threads
     * @param connections at a time; more wait to be accepted
     * @param patience with connections and the heads of requests
     * @param tls empty = plain HTTP
     */
    record Wanted(
            String name, String address, int port, int connections, Patience patience, Optional<SSLContext> tls) {}
}
