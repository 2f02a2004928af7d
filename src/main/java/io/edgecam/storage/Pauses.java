package io.edgecam.storage;

import io.edgecam.thread.Backoff;
import java.time.Duration;

/**
 * How long the uploader waits between tries.
 *
 * @param first after the first failure of a store that is away
 * @param longest between tries of a store that is away
 * @param blocked between tries while an operator has to act
 * @param eager so long after a failed try, a new picture may bring the next one forward
 */
record Pauses(Duration first, Duration longest, Duration blocked, Duration eager) {
    static final Pauses USUAL =
            new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(10));

    Backoff offline() {
        return new Backoff(first, longest);
    }
}
