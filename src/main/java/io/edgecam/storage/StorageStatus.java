package io.edgecam.storage;

import java.time.Instant;
import java.util.Locale;

/**
 * How it stands with the store.
 *
 * @param error what is wrong and what to do; empty when all is well
 */
public record StorageStatus(State state, String error, Instant since) {
    public enum State {
        /** The last upload went well, or none was tried yet. */
        OK,
        /** An operator must do something. */
        BLOCKED,
        /** The store cannot be reached; it is tried again. */
        OFFLINE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
