package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.edgecam.camera.FrameSource.Shot;
import io.edgecam.picture.BadJpegException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds whole JPEGs in a stream of bytes, whatever stands between them: boundaries, headers with right or wrong lengths,
 * nothing at all. It walks from marker to marker (ITU-T T.81, B.1.1), so small pictures inside of pictures do not mislead
 * it, and a picture that was cut off costs no other. For one thread; {@link #damaged} for any.
 */
final class JpegStream {
    /** The longest picture, and the longest run of other bytes between two. */
    static final int LONGEST = 8 * 1024 * 1024;

    /** More than any camera here sends. Who sends more is read no faster, so that a flood does not cost a whole core. */
    static final int MOST_A_SECOND = 32 * 1024 * 1024;

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int BAD_IN_A_ROW = 20;
    private static final int FIRST_OF_SEGMENTS = 0xC0;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;

    private final InputStream in;
    private final AtomicLong damaged = new AtomicLong();
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int limit;
    /** The moment at which all bytes so far would have come at the highest rate. */
    private long dueNanos = System.nanoTime();

    private byte[] image = new byte[64 * 1024];
    private int length;
    private long begunNanos;
    private boolean begun;

    JpegStream(InputStream in) {
        this.in = in;
    }

    /**
     * The next whole picture; damaged ones are skipped, but not for ever.
     *
     * @throws EOFException if the stream has ended
     */
    Shot next() throws IOException, InterruptedException {
        for (int bad = 0; ; ) {
            seek();
            try {
                walk();
                return new Shot(CameraJpeg.of(Arrays.copyOf(image, length)), begunNanos);
            } catch (BadJpegException e) {
                damaged.incrementAndGet();
                if (++bad == BAD_IN_A_ROW) {
                    throw new IOException("sent " + bad + " damaged pictures in a row, the last " + e.getMessage(), e);
                }
            } catch (IOException e) {
                damaged.incrementAndGet();
                throw e;
            }
        }
    }

    /** How many pictures were cut off or damaged. For any thread. */
    long damaged() {
        return damaged.get();
    }

    /** Whether nothing more comes; waits until that is known. */
    boolean hasEnded() throws IOException, InterruptedException {
        return position == limit && !fill();
    }

    /** Whether these bytes come first; waits until that is known. Asked before anything is taken. */
    boolean beginsWith(String beginning) throws IOException, InterruptedException {
        byte[] wanted = beginning.getBytes(ISO_8859_1);
        while (limit < wanted.length && fill()) {
            // until enough is here to compare
        }
        return limit >= wanted.length && Arrays.equals(buffer, 0, wanted.length, wanted, 0, wanted.length);
    }

    /** Goes to the next start of a picture, and over it. */
    private void seek() throws IOException, InterruptedException {
        int last = 0;
        for (int i = 0; !begun && i < LONGEST; i++) {
            int now = read();
            begun = last == 0xFF && now == SOI;
            last = now;
        }
        if (!begun) {
            throw new IOException("sent " + LONGEST + " bytes without a JPEG in them");
        }
        begun = false;
        begunNanos = System.nanoTime();
        image[0] = (byte) 0xFF;
        image[1] = (byte) SOI;
        length = 2;
    }

    /** Copies one picture to its end mark. */
    private void walk() throws IOException, InterruptedException {
        int marker = marker();
        while (marker != EOI) {
            begun = marker == SOI;
            if (begun) {
                throw new BadJpegException("is cut off where another one starts");
            }
            int bytes = take() << 8;
            bytes += take();
            for (int i = 2; i < bytes; i++) {
                take();
            }
            marker = marker == SOS ? scan() : marker();
        }
    }

    private int marker() throws IOException, InterruptedException {
        if (take() != 0xFF) {
            throw new BadJpegException("has no marker where one must be");
        }
        int marker = take();
        while (marker == 0xFF) {
            marker = take();
        }
        if (marker < FIRST_OF_SEGMENTS || isRestart(marker)) {
            throw new BadJpegException("has a marker where none may be");
        }
        return marker;
    }

    /** Copies compressed pixels; the marker that ends them. */
    private int scan() throws IOException, InterruptedException {
        while (true) {
            if (take() == 0xFF) {
                int next = take();
                while (next == 0xFF) {
                    next = take();
                }
                if (next != 0 && !isRestart(next)) {
                    return next;
                }
            }
        }
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    private int take() throws IOException, InterruptedException {
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

    private int read() throws IOException, InterruptedException {
        if (hasEnded()) {
            throw new EOFException("ended its stream");
        }
        return buffer[position++] & 0xFF;
    }

    /** Waits for more bytes; false if there are none. */
    private boolean fill() throws IOException, InterruptedException {
        if (position == limit) {
            position = 0;
            limit = 0;
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count > 0) {
            limit += count;
            slow(count);
        }
        return count > 0;
    }

    /** Takes a nap if bytes come faster than they may. */
    private void slow(int bytes) throws InterruptedException {
        long now = System.nanoTime();
        dueNanos = Math.max(dueNanos, now - BURST_NANOS) + bytes * NANOS_PER_SECOND / MOST_A_SECOND;
        if (dueNanos - now > NAP_NANOS) {
            TimeUnit.NANOSECONDS.sleep(dueNanos - now);
        }
    }
}
