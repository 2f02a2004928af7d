package io.edgecam.camera;

/** Frames per second over the last frames that came. For one thread at a time. */
final class Rate {
    private static final int KEPT = 32;

    private final long[] nanos = new long[KEPT];
    private int count;

    void add(long now) {
        nanos[count % KEPT] = now;
        count++;
    }

    void clear() {
        count = 0;
    }

    double perSecond() {
        int known = Math.min(count, KEPT);
        if (known < 2) {
            return 0;
        }
        long span = nanos[(count - 1) % KEPT] - nanos[(count - known) % KEPT];
        return span <= 0 ? 0 : (known - 1) * 1e9 / span;
    }
}
