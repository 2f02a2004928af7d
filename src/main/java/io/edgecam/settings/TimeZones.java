package io.edgecam.settings;

import io.edgecam.json.Exact;
import io.edgecam.json.Nearest;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;

/** Reads the names of time zones. Has no state, for any number of threads. */
final class TimeZones {
    static final String KIND = "a time zone of the IANA list";

    private TimeZones() {}

    static ZoneId read(String name) {
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (!known.contains(name)) {
            throw new IllegalArgumentException("is " + Exact.quoted(name)
                    + ", which is no time zone of the IANA list, such as Europe/Berlin or UTC" + meant(name, known));
        }
        return ZoneId.of(name);
    }

    private static String meant(String name, Set<String> known) {
        for (String zone : new TreeSet<>(known)) {
            if (zone.substring(zone.lastIndexOf('/') + 1).equalsIgnoreCase(name)) {
                return "; is " + zone + " meant?";
            }
        }
        return Nearest.to(name, known).map(zone -> "; is " + zone + " meant?").orElse("");
    }
}
