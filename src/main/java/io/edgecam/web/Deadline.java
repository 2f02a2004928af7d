package io.edgecam.web;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.Optional;
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

    /** Empty if the server is just being closed and has no time left for anybody: the connection is closed, too. */
    static Optional<Deadline> of(HttpServerExchange exchange, Duration patience) {
        Runnable end = () -> IoUtils.safeClose(exchange.getConnection());
        try {
            return Optional.of(
                    new Deadline(exchange.getIoThread().executeAfter(end, patience.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (RejectedExecutionException closing) {
            end.run();
            return Optional.empty();
        }
    }

    void met() {
        key.remove();
    }
}
