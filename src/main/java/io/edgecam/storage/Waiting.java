package io.edgecam.storage;

import io.edgecam.picture.Picture;
import io.edgecam.picture.Timings;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A picture that waits in a spool.
 *
 * @param sequence its place in the order in which pictures were kept
 * @param latest blob that it also replaces; empty = none
 * @param orderedNanos when it was ordered; empty for one that an earlier run has left
 * @param fileBytes what it takes up
 * @param tried whether it may have been sent before, by an earlier run or in a try of which no answer came
 */
record Waiting(
        Spool spool,
        long sequence,
        Picture picture,
        String latest,
        OptionalLong orderedNanos,
        long fileBytes,
        boolean tried) {
    /** The order is in the name, so that no clock can change it. */
    String fileName() {
        return String.format("%019d%s", sequence, Spool.PICTURE);
    }

    /** The same, safe on disk after so long. */
    Waiting written(Duration spool) {
        Timings timings = picture.timings();
        long total = System.nanoTime() - orderedNanos.orElse(System.nanoTime());
        Picture kept = picture.timed(
                new Timings(timings.frame(), timings.develop(), spool, Duration.ZERO, Duration.ofNanos(total)));
        return new Waiting(this.spool, sequence, kept, latest, orderedNanos, fileBytes, false);
    }

    /** The same after a try. */
    Waiting afterTry() {
        return new Waiting(spool, sequence, picture, latest, orderedNanos, fileBytes, true);
    }
}
