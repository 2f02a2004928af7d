package io.edgecam.taking;

import io.edgecam.picture.Picture;
import java.util.List;

/** How an order for pictures ended. */
public sealed interface Taken {
    /** Every picture that was ordered, each at least safe on this device. */
    record Stored(List<Picture> pictures) implements Taken {
        public Stored {
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * Not everything that was ordered could be had.
     *
     * @param detail in the operator's words
     * @param pictures those that are safe all the same
     */
    record Failed(Reason reason, String detail, List<Picture> pictures) implements Taken {
        public Failed {
            pictures = List.copyOf(pictures);
        }
    }

    /** Why there is no picture. */
    enum Reason {
        NOT_READY("NotReady"),
        UNCLEAR_ORDER("BadRequest"),
        UNKNOWN_CAMERA("UnknownCamera"),
        NOT_IN_RING("NotInRing"),
        CAMERA_LOST("CameraLost"),
        CAMERA_SILENT("TimedOut"),
        SPOOL_FULL("SpoolFull"),
        SPOOL_BROKEN("StorageBlocked"),
        STOPPING("Stopping");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** The same in answers and in the ledger. */
        public String word() {
            return word;
        }
    }
}
