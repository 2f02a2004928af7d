package io.edgecam.camera;

import io.edgecam.picture.Frame;
import io.edgecam.settings.RingSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The newest seconds of a camera's frames as the camera encoded them, bounded by time and by bytes, to be asked for later.
 * One thread adds, any number ask.
 */
final class Ring {
    /** A frame further away than this is not one of the moment that was asked for. */
    static final Duration MOST_APART = Duration.ofSeconds(1);

    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private RingSettings bounds = RingSettings.NONE;
    private long bytes;

    /** From now on so much is kept; what is too much now goes at once. */
    synchronized void bound(RingSettings wanted) {
        bounds = wanted;
        trim(System.nanoTime());
    }

    synchronized boolean isWanted() {
        return !bounds.length().isZero();
    }

    synchronized void add(Frame frame) {
        if (isWanted()) {
            frames.addLast(frame);
            bytes += frame.image().length();
            trim(frame.capturedNanos());
        }
    }

    /** The frame that was captured nearest to this point of {@link System#nanoTime}, earlier or later. */
    synchronized Optional<Frame> nearest(long nanos) {
        trim(System.nanoTime());
        Frame nearest = null;
        long apart = MOST_APART.toNanos() + 1;
        for (Frame frame : frames) {
            long distance = Math.abs(frame.capturedNanos() - nanos);
            if (distance < apart) {
                nearest = frame;
                apart = distance;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** How far it reaches back now. */
    synchronized Duration reach() {
        long now = System.nanoTime();
        trim(now);
        return frames.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, now - frames.getFirst().capturedNanos()));
    }

    private void trim(long now) {
        while (!frames.isEmpty()
                && (bytes > bounds.maxBytes()
                        || now - frames.getFirst().capturedNanos()
                                > bounds.length().toNanos())) {
            bytes -= frames.removeFirst().image().length();
        }
    }
}
