package io.edgecam.settings;

import io.edgecam.json.Fields;
import java.time.Duration;

/**
 * The newest frames that are kept in memory, to be asked for later.
 *
 * @param length zero = none
 */
public record RingSettings(Duration length, long maxBytes) {
    public static final RingSettings NONE = new RingSettings(Duration.ZERO, 0);

    private static final long MEGABYTE = 1024L * 1024;

    /** Its fields stand among the camera's own. */
    static RingSettings read(Fields in) {
        return new RingSettings(
                in.seconds(
                        "ringSeconds",
                        0,
                        0,
                        600,
                        "newest seconds of frames kept in memory, to ask for later; the camera stays open for it; 0 = none"),
                in.whole("ringMaxMB", 16, 1, 1024, "the most memory for them, in MB of 1024 × 1024 bytes") * MEGABYTE);
    }
}
