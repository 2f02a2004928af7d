package io.edgecam.camera.source;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * When the frames of a V4L2 device were taken. For one thread.
 *
 * <p>The driver's stamp is on the scale of CLOCK_MONOTONIC, as {@link System#nanoTime} is on Linux. Where it cannot be
 * true, a frame is as old as it can be: it was taken after its buffer was handed to the driver, and buffers go round. So
 * a frame that waited in the driver while nobody read is never taken for a new one.
 */
final class Stamps {
    /** An older stamp than this is not of this clock. */
    private static final long OLDEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final long[] handedOver;
    private int next;

    /**
     * @param buffers of the device
     * @param openedNanos when they were first handed over
     */
    Stamps(int buffers, long openedNanos) {
        this.handedOver = new long[buffers];
        Arrays.fill(handedOver, openedNanos);
    }

    /** The moment of the frame that arrives now; to be asked once for each. */
    long of(long deviceNanos, long arrivalNanos) {
        long earliest = handedOver[next];
        handedOver[next] = arrivalNanos;
        next = (next + 1) % handedOver.length;
        long age = arrivalNanos - deviceNanos;
        return age >= 0 && age < OLDEST_NANOS ? deviceNanos : earliest;
    }
}
