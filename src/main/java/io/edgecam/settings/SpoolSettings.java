package io.edgecam.settings;

import io.edgecam.json.Fields;
import java.nio.file.Path;

/** Where pictures are safe until they are uploaded, and what happens when that place is full. */
public record SpoolSettings(Path folder, long maxBytes, int minFreePercent, WhenFull whenFull, Order uploadOrder) {
    private static final long MEGABYTE = 1024L * 1024;
    private static final int TERABYTE_IN_MB = 1024 * 1024;

    static SpoolSettings read(Fields in) {
        return new SpoolSettings(
                in.text(
                        "folder",
                        "/spool",
                        Folders.KIND,
                        "where pictures are safe until they are uploaded",
                        Folders::absolute),
                in.whole("maxSizeMB", 256, 1, TERABYTE_IN_MB, "the most it may hold, in MB of 1024 × 1024 bytes")
                        * MEGABYTE,
                in.whole("minFreePercent", 5, 0, 90, "of the disk stays free"),
                in.choice("whenFull", WhenFull.OVERWRITE_OLDEST, "give up the oldest pictures, or take no new ones"),
                in.choice("uploadOrder", Order.OLDEST_FIRST, "which pictures are uploaded first after an outage"));
    }

    /** The same for another folder. */
    public SpoolSettings in(Path other) {
        return new SpoolSettings(other, maxBytes, minFreePercent, whenFull, uploadOrder);
    }

    public enum WhenFull {
        OVERWRITE_OLDEST,
        REJECT_NEW
    }

    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }
}
