package io.edgecam.settings;

import java.nio.file.Path;

/** Where pictures are safe until they are uploaded, and what happens when that place is full. */
public record SpoolSettings(Path folder, long maxBytes, int minFreePercent, WhenFull whenFull, Order uploadOrder) {
    public enum WhenFull {
        OVERWRITE_OLDEST,
        REJECT_NEW
    }

    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }
}
