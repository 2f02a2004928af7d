package io.edgecam.picture;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Tells a clock that was never set: a device without a battery for it begins in 1970, or where its image was made, until
 * the network has told it the time. For any number of threads.
 */
public final class UnsetClock {
    /** There was no such program before. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private UnsetClock() {}

    /** Whether no clock that was set can have said this. */
    public static boolean said(Instant moment) {
        return moment.isBefore(EARLIEST);
    }

    /** What to tell an operator behind a sentence that a wrong clock may explain; empty if this clock may be right. */
    public static String hint(Instant now) {
        return said(now)
                ? "; this device's clock says " + now.truncatedTo(ChronoUnit.MINUTES)
                        + ", which cannot be: set its time (NTP)"
                : "";
    }
}
