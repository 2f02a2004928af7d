package io.edgecam.web;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/** Closes a connection whose other end does not do its part in time, unless that was met before. For any thread. */
final class Deadline {
    private final XnioExecutor.Key key;

    private Deadline(XnioExecutor.Key key) {
        this.key = key;
    }

    static Deadline of(HttpServerExchange exchange, Duration patience) {
        return new Deadline(exchange.getIoThread()
                .executeAfter(
                        () -> IoUtils.safeClose(exchange.getConnection()), patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    void met() {
        key.remove();
    }
}
