package io.edgecam.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as headers carry them: UTC with milliseconds, {@code 2026-11-21T05:00:00.123Z}. */
final class Moment {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Moment() {}

    static String text(Instant moment) {
        return FORMAT.format(moment);
    }
}
