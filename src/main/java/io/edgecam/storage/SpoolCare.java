package io.edgecam.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Says how it stands with the spool, and tries one that failed again by itself, also when no picture comes. For any
 * number of threads, one of which tries.
 */
final class SpoolCare {
    private final Spools spools;
    private final StoreHealth health;
    private final Pauses pauses;
    private volatile long notBefore = System.nanoTime();

    SpoolCare(Spools spools, StoreHealth health, Pauses pauses) {
        this.spools = spools;
        this.health = health;
        this.pauses = pauses;
    }

    void failed(IOException e) {
        notBefore = System.nanoTime() + pauses.blocked().toNanos();
        health.blocked("SpoolFailed", String.valueOf(e.getMessage()));
    }

    void well() {
        health.well();
    }

    StorageStatus status() {
        return health.status();
    }

    /** How long until it is tried again; empty if all is well. */
    Optional<Duration> due() {
        return status().state() == StorageStatus.State.OK
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, notBefore - System.nanoTime())));
    }

    /** Tries a spool that failed, if it is time. */
    void work() {
        if (!due().map(Duration::isZero).orElse(false)) {
            return;
        }
        try {
            spools.probe();
            well();
        } catch (IOException e) {
            failed(e);
        }
    }
}
