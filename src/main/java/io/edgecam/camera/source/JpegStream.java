package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource.Shot;
import io.edgecam.picture.BadJpegException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Finds whole JPEGs in a stream of bytes, whatever stands between them: boundaries, headers with right or wrong lengths,
 * nothing at all. It walks from marker to marker (ITU-T T.81, B.1.1), so small pictures inside of pictures do not mislead
 * it, and a picture that was cut off costs no other. For one thread.
 */
final class JpegStream {
    /** The longest picture, and the longest run of other bytes between two. */
    static final int LONGEST = 8 * 1024 * 1024;

    private static final int BAD_IN_A_ROW = 20;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int limit;
    private byte[] image = new byte[64 * 1024];
    private int length;

    JpegStream(InputStream in) {
        this.in = in;
    }

    /** The next whole picture; damaged ones are skipped, but not for ever. */
    Shot next() throws IOException {
        long begun = seek();
        for (int bad = 0; ; ) {
            try {
                if (walk()) {
                    return new Shot(CameraJpeg.of(Arrays.copyOf(image, length)), begun);
                }
                begun = restart();
            } catch (BadJpegException e) {
                if (++bad == BAD_IN_A_ROW) {
                    throw new IOException(
                            "sent " + bad + " damaged pictures in a row, the last one " + e.getMessage(), e);
                }
                begun = seek();
            }
        }
    }

    /** Goes to the next start of a picture; when it came. */
    private long seek() throws IOException {
        int last = 0;
        for (int i = 0; i < LONGEST; i++) {
            int now = read();
            if (last == 0xFF && now == SOI) {
                return restart();
            }
            last = now;
        }
        throw new IOException("sent " + LONGEST + " bytes without a JPEG in them");
    }

    private long restart() {
        image[0] = (byte) 0xFF;
        image[1] = (byte) SOI;
        length = 2;
        return System.nanoTime();
    }

    /** Copies one picture to its end mark; false if another one starts before that. */
    private boolean walk() throws IOException {
        int marker = marker();
        while (marker != EOI) {
            if (marker == SOI) {
                return false;
            }
            int bytes = take() << 8;
            bytes += take();
            for (int i = 2; i < bytes; i++) {
                take();
            }
            marker = marker == SOS ? scan() : marker();
        }
        return true;
    }

    private int marker() throws IOException {
        if (take() != 0xFF) {
            throw new BadJpegException("has no marker where one must be");
        }
        int marker = take();
        while (marker == 0xFF) {
            marker = take();
        }
        return marker;
    }

    /** Copies compressed pixels; the marker that ends them. */
    private int scan() throws IOException {
        while (true) {
            if (take() == 0xFF) {
                int next = take();
                while (next == 0xFF) {
                    next = take();
                }
                boolean restartMark = next >= 0xD0 && next <= 0xD7;
                if (next != 0 && !restartMark) {
                    return next;
                }
            }
        }
    }

    private int take() throws IOException {
        int next = read();
        if (length == image.length) {
            if (length >= LONGEST) {
                throw new IOException("sent a picture of more than " + LONGEST + " bytes");
            }
            image = Arrays.copyOf(image, Math.min(LONGEST, length * 2));
        }
        image[length++] = (byte) next;
        return next;
    }

    private int read() throws IOException {
        if (position == limit) {
            limit = in.read(buffer);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                throw new EOFException("ended its stream");
            }
        }
        return buffer[position++] & 0xFF;
    }
}
