package io.edgecam.contract;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Moments as every outside name writes them: UTC with milliseconds, {@code 2026-11-21T05:00:00.123Z}. */
public final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(UTC);

    private Times() {}

    public static String text(Instant moment) {
        return FORMAT.format(moment);
    }
}
