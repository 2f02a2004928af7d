package io.edgecam.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Many viewers on one thread, which count pictures and throw them away, and some that never read. The thread that makes
 * it lets it {@link #watch} again and again.
 */
final class Crowd implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 * 1024;
    /** Little, so that those who never read are soon full. */
    private static final int STUCK_BUFFER_BYTES = 4096;

    private final int port;
    private final String[] request;
    private final Selector selector;
    private final List<Counter> reading = new ArrayList<>();
    private final List<SocketChannel> stuck = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** @param webSocket whether they look at {@code /live} or at {@code /stream.mjpeg} */
    Crowd(int port, boolean webSocket, int readers) throws IOException {
        this.port = port;
        this.request = webSocket ? Wire.head("GET /live", LiveTest.HANDSHAKE) : Wire.head("GET /stream.mjpeg");
        this.selector = Selector.open();
        for (int i = 0; i < readers; i++) {
            SocketChannel channel = connect(0);
            channel.configureBlocking(false);
            Counter counter = new Counter(webSocket);
            reading.add(counter);
            channel.register(selector, SelectionKey.OP_READ, counter);
        }
    }

    /** So many more come that send their request and then read nothing; those who came so before leave. */
    void neverRead(int count) throws IOException {
        for (SocketChannel gone : stuck) {
            gone.close();
        }
        stuck.clear();
        for (int i = 0; i < count; i++) {
            stuck.add(connect(STUCK_BUFFER_BYTES));
        }
    }

    /** Pictures that each reader gets in this time, the fewest first. */
    List<Integer> watch(long nanos) throws IOException {
        reading.forEach(Counter::reset);
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            selector.select(key -> read(key), 1 + left / 1_000_000);
        }
        return reading.stream().map(Counter::pictures).sorted().toList();
    }

    @Override
    public void close() throws IOException {
        neverRead(0);
        for (SelectionKey key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }

    private SocketChannel connect(int receiveBytes) throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (receiveBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
        }
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.write(ByteBuffer.wrap((String.join("\r\n", request) + "\r\n\r\n").getBytes(ISO_8859_1)));
        return channel;
    }

    private void read(SelectionKey key) {
        try {
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.cancel();
            }
            ((Counter) key.attachment()).count(buffer.flip());
        } catch (IOException gone) {
            key.cancel();
        }
    }

    /** Counts the pictures in one connection's bytes without looking at them. */
    private static final class Counter {
        private static final String LENGTH = "Content-Length: ";
        private static final int BINARY = 0x82;

        private final boolean webSocket;
        private final StringBuilder head = new StringBuilder();
        private boolean upgraded;
        private long skip;
        private boolean inPicture;
        private int pictures;

        Counter(boolean webSocket) {
            this.webSocket = webSocket;
        }

        void reset() {
            pictures = 0;
        }

        int pictures() {
            return pictures;
        }

        void count(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                if (skip > 0) {
                    int step = (int) Math.min(skip, bytes.remaining());
                    bytes.position(bytes.position() + step);
                    skip -= step;
                    if (skip == 0 && inPicture) {
                        pictures++;
                        inPicture = false;
                    }
                } else {
                    head.append((char) (bytes.get() & 0xFF));
                    boolean whole = (webSocket && upgraded) ? isFrameHead() : isTextHead();
                    if (whole) {
                        head.setLength(0);
                    }
                }
            }
        }

        /** The head of the answer, or of a part of the stream. */
        private boolean isTextHead() {
            int length = head.length();
            if (length < 4 || head.charAt(length - 1) != '\n' || head.charAt(length - 3) != '\n') {
                return false;
            }
            int at = head.indexOf(LENGTH);
            if (at >= 0) {
                skip = Long.parseLong(head.substring(at + LENGTH.length(), head.indexOf("\r", at)));
                inPicture = true;
            }
            upgraded = true;
            return true;
        }

        /** RFC 6455, 5.2, as servers send it: without a mask. */
        private boolean isFrameHead() {
            if (head.length() < 2) {
                return false;
            }
            int shortLength = head.charAt(1);
            int more = shortLength == 127 ? 8 : shortLength == 126 ? 2 : 0;
            if (head.length() < 2 + more) {
                return false;
            }
            skip = more == 0 ? shortLength : 0;
            for (int i = 0; i < more; i++) {
                skip = (skip << 8) | head.charAt(2 + i);
            }
            inPicture = head.charAt(0) == BINARY;
            return true;
        }
    }
}
