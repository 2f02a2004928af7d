package io.edgecam.camera.source;

import java.util.concurrent.TimeUnit;

/**
 * Which frames to let through so that on average there are no more than so many a second. An early frame is let through
 * if the one before it was late, so a camera that has just the right rate loses none. For one thread.
 */
final class RateLimit {
    private final long periodNanos;
    private long dueNanos;
    private boolean begun;

    RateLimit(int perSecond) {
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / Math.max(1, perSecond);
    }

    /** Whether the frame of this moment, on the scale of {@link System#nanoTime}, is let through. */
    boolean lets(long nanos) {
        if (begun && nanos - dueNanos < 0) {
            return false;
        }
        long next = begun ? dueNanos + periodNanos : nanos + periodNanos;
        dueNanos = next - nanos > 0 ? next : nanos;
        begun = true;
        return true;
    }
}
