package io.edgecam.web;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/** Closes a connection whose other end does not do its part in time, unless that was met before. For any thread. */
final class Deadline {
    private final XnioExecutor.Key key;

    private Deadline(XnioExecutor.Key key) {
        this.key = key;
    }

    /** A server that is just being closed has no time left for anybody: then the connection is closed at once. */
    static Deadline of(HttpServerExchange exchange, Duration patience) {
        Runnable end = () -> IoUtils.safeClose(exchange.getConnection());
        try {
            return new Deadline(exchange.getIoThread().executeAfter(end, patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException closing) {
            end.run();
            return new Deadline(() -> false);
        }
    }

    void met() {
        key.remove();
    }
}
