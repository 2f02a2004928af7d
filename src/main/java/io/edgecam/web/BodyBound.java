package io.edgecam.web;

import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Ends the connection of whoever sends more of a body than is read, or let pass unread, for one request. It is in the place of
 * Undertow's own bound, which prints a stack trace. For the I/O thread.
 */
final class BodyBound extends AbstractStreamSourceConduit<StreamSourceConduit> {
    /** More than {@link Body#MAX_BYTES}, so that somebody with a body that is a little too long hears of it. */
    static final int MAX_BYTES = 16 * Body.MAX_BYTES;

    private long left = MAX_BYTES;

    private BodyBound(StreamSourceConduit body) {
        super(body);
    }

    static HttpHandler before(HttpHandler handler) {
        return exchange -> {
            if (!exchange.isRequestComplete()) {
                exchange.addRequestWrapper((body, of) -> new BodyBound(body.create()));
            }
            handler.handleRequest(exchange);
        };
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        return (int) counted(super.read(to));
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        return counted(super.read(to, offset, length));
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return counted(super.transferTo(position, Math.min(count, left + 1), target));
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        long passed = super.transferTo(Math.min(count, left + 1), through, target);
        counted(passed + through.remaining());
        return passed;
    }

    private long counted(long bytes) throws IOException {
        left -= Math.max(0, bytes);
        if (left < 0) {
            throw new IOException("the body of a request has more than " + MAX_BYTES + " bytes");
        }
        return bytes;
    }
}
