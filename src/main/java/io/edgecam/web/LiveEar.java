package io.edgecam.web;

import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.StreamSourceFrameChannel;
import io.undertow.websockets.core.WebSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Hears what a {@link LiveViewer} says, within bounds of size and number. For the I/O thread alone. */
final class LiveEar extends AbstractReceiveListener {
    private static final int MAX_BYTES = 4096;
    /** The most that a ping may carry, RFC 6455, 5.5. */
    private static final int MAX_CONTROL_BYTES = 125;

    private static final int MAX_A_SECOND = 20;

    private final LiveViewer viewer;
    private int heard;

    LiveEar(LiveViewer viewer) {
        this.viewer = viewer;
    }

    /** Begins a new second. */
    void tick() {
        heard = 0;
    }

    @Override
    protected void onText(WebSocketChannel channel, StreamSourceFrameChannel message) throws IOException {
        if (isWelcome()) {
            super.onText(channel, message);
        }
    }

    @Override
    protected void onPing(WebSocketChannel channel, StreamSourceFrameChannel message) throws IOException {
        if (isWelcome()) {
            super.onPing(channel, message);
        }
    }

    @Override
    protected void onPong(WebSocketChannel channel, StreamSourceFrameChannel message) throws IOException {
        if (isWelcome()) {
            super.onPong(channel, message);
        }
    }

    @Override
    protected void onBinary(WebSocketChannel channel, StreamSourceFrameChannel message) {
        viewer.close(CloseMessage.MSG_CONTAINS_INVALID_DATA, "this takes text only");
    }

    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
        viewer.hear(message.getData());
    }

    @Override
    protected void onFullPingMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
        try (var data = message.getData()) {
            ByteBuffer copy = ByteBuffer.allocate(MAX_CONTROL_BYTES);
            for (ByteBuffer buffer : data.getResource()) {
                copy.put(buffer);
            }
            viewer.answer(copy.flip());
        }
    }

    @Override
    protected long getMaxTextBufferSize() {
        return MAX_BYTES;
    }

    private boolean isWelcome() {
        heard++;
        if (heard <= MAX_A_SECOND) {
            return true;
        }
        viewer.close(CloseMessage.MSG_VIOLATES_POLICY, "at most " + MAX_A_SECOND + " messages a second");
        return false;
    }
}
