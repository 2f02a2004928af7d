package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/**
 * A network camera over HTTP: an MJPEG stream, or a snapshot that is fetched again and again. For one reading thread;
 * {@link #close} from another one ends its read.
 */
final class HttpCamera implements FrameSource {
    /** A stream that is so many times faster than asked for, for more than a second, has frames skipped. */
    private static final int TIMES_FASTER = 3;

    private static final int CUT_OFF_IN_A_ROW = 3;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final HttpDoor door;
    private final String where;
    private final long periodNanos;
    private long dueNanos;
    private long givenNanos;
    private volatile HttpAnswer answer;
    private volatile long damagedBefore;
    private volatile boolean closed;

    private HttpCamera(HttpDoor door, String where, HttpAnswer answer, int framerate) {
        this.door = door;
        this.where = where;
        this.answer = answer;
        this.periodNanos = SECOND / Math.max(1, framerate);
        this.dueNanos = System.nanoTime() + periodNanos;
        this.givenNanos = System.nanoTime() - SECOND;
    }

    static Opener opener(DeviceSettings settings) {
        return opener(settings, HttpTrust.ownCertificates());
    }

    /** @param certificates the file of those that are believed besides the ones Java believes; empty for none */
    static Opener opener(DeviceSettings settings, String certificates) {
        URI address;
        try {
            address = URI.create(settings.source().address());
        } catch (IllegalArgumentException e) {
            return failing("the source is not a web address; write http://HOST/PATH, special characters as %XX");
        }
        if (address.getHost() == null) {
            return failing("the source names no host; write http://HOST/PATH");
        }
        SSLSocketFactory secure;
        try {
            secure = HttpTrust.context(certificates).getSocketFactory();
        } catch (IOException e) {
            return failing(String.valueOf(e.getMessage()));
        }
        String where = HttpDoor.publicPart(address);
        return () -> {
            HttpDoor door = new HttpDoor(address, settings, secure);
            try {
                return new HttpCamera(door, where, new HttpAnswer(door.ask()), settings.framerate());
            } catch (IOException e) {
                door.close();
                throw named(where, e);
            }
        };
    }

    @Override
    public Shot next() throws IOException, InterruptedException {
        try {
            Shot shot = take();
            while (isTooMuch(shot)) {
                shot = take();
            }
            return shot;
        } catch (SocketTimeoutException e) {
            throw new IOException(where + " fell silent in the middle of its answer", e);
        } catch (IOException e) {
            throw named(where, e);
        }
    }

    @Override
    public long damaged() {
        return damagedBefore + answer.damaged();
    }

    @Override
    public void close() {
        closed = true;
        door.close();
    }

    private Shot take() throws IOException, InterruptedException {
        for (int cutOff = 1; ; cutOff++) {
            if (answer.isSpent()) {
                fetch();
            }
            try {
                return answer.next();
            } catch (EOFException e) {
                if (closed || answer.isStream() || cutOff == CUT_OFF_IN_A_ROW) {
                    throw e;
                }
            }
        }
    }

    private void fetch() throws IOException, InterruptedException {
        long wait = dueNanos - System.nanoTime();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
        dueNanos = System.nanoTime() + periodNanos;
        damagedBefore = damaged();
        answer = new HttpAnswer(door.ask());
    }

    private boolean isTooMuch(Shot shot) {
        long now = shot.capturedNanos();
        long next = Math.max(givenNanos, now - SECOND) + periodNanos / TIMES_FASTER;
        if (next > now) {
            return true;
        }
        givenNanos = next;
        return false;
    }

    private static Opener failing(String reason) {
        return () -> {
            throw new IOException(reason);
        };
    }

    private static IOException named(String where, IOException reason) {
        return new IOException(where + " " + reason.getMessage(), reason);
    }
}
