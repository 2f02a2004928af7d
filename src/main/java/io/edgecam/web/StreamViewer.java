package io.edgecam.web;

import io.edgecam.metrics.WebFigures;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * One connection that a stream goes out on. While a picture is on its way, only the newest of those behind it is kept.
 * For the I/O thread alone.
 */
final class StreamViewer implements Viewer {
    private static final Logger log = LoggerFactory.getLogger(StreamViewer.class);

    private final HttpServerExchange exchange;
    private final View view;
    private final StreamSinkChannel sink;
    private final Patience patience;
    private final WebFigures figures;
    private ByteBuffer @Nullable [] sending;
    private long sendingSinceNanos;
    private @Nullable Part waiting;
    private @Nullable Runnable leave;

    StreamViewer(HttpServerExchange exchange, View view, Patience patience, WebFigures figures) {
        this.figures = figures;
        this.patience = patience;
        this.view = view;
        this.exchange = exchange;
        this.sink = exchange.getResponseChannel();
        sink.getWriteSetter().set(writable -> write());
    }

    /** @param leave is run once, when the connection is closed by either end */
    void start(Runnable leave) {
        this.leave = leave;
        exchange.getConnection().addCloseListener(closed -> left());
        send(Part.start());
    }

    @Override
    public void offer(Part part) {
        if (sending == null) {
            send(part.bytes());
        } else {
            if (waiting != null) {
                figures.skipped(view.camera(), WebFigures.Kind.STREAM);
            }
            waiting = part;
        }
    }

    @Override
    public void look(Duration silence) {
        if (sending != null
                && System.nanoTime() - sendingSinceNanos > patience.part().toNanos()) {
            log.info("A viewer of {} does not read any more and is closed", view);
            figures.closed(WebFigures.Kind.STREAM);
            close();
        } else if (silence.compareTo(patience.silence()) > 0) {
            close();
        }
    }

    @Override
    public void close() {
        IoUtils.safeClose(exchange.getConnection());
        left();
    }

    private void left() {
        Runnable once = leave;
        leave = null;
        if (once != null) {
            once.run();
        }
    }

    private void send(ByteBuffer[] buffers) {
        sending = buffers;
        sendingSinceNanos = System.nanoTime();
        write();
    }

    private void write() {
        try {
            while (sending != null) {
                if (!push(sending)) {
                    sink.resumeWrites();
                    return;
                }
                sending = null;
                if (waiting != null) {
                    sending = waiting.bytes();
                    sendingSinceNanos = System.nanoTime();
                    waiting = null;
                }
            }
            sink.suspendWrites();
        } catch (IOException gone) {
            close();
        }
    }

    private boolean push(ByteBuffer[] buffers) throws IOException {
        while (buffers[buffers.length - 1].hasRemaining()) {
            if (sink.write(buffers) == 0) {
                return false;
            }
        }
        return sink.flush();
    }
}
