package io.edgecam.storage;

import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.thread.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces the blobs that always hold the newest picture, after the picture itself has arrived. Never an older picture
 * over a newer one; a failure is tried again without holding up pictures. For one thread.
 */
final class LatestBlobs {
    private final Spools spools;
    private final StoreHealth health;
    private final Pauses pauses;
    private final Map<String, Long> held = new HashMap<>();
    private final Map<String, Wish> wishes = new HashMap<>();
    private Backoff backoff;
    private long notBefore = System.nanoTime();

    LatestBlobs(Spools spools, StoreHealth health, Pauses pauses) {
        this.spools = spools;
        this.health = health;
        this.pauses = pauses;
        this.backoff = pauses.offline();
    }

    /** A picture has arrived; at most one picture a blob is kept in memory for it. */
    void arrived(Waiting waiting, Picture picture, Jpeg image) {
        String blob = waiting.latest();
        if (blob.isEmpty() || waiting.sequence() < held(blob)) {
            return;
        }
        Wish other = wishes.get(blob);
        if (other == null || other.waiting().sequence() < waiting.sequence()) {
            wishes.put(blob, new Wish(waiting, picture, image));
        }
    }

    /** There are other settings: whatever failed is tried again at once. */
    void retryNow() {
        backoff = pauses.offline();
        notBefore = System.nanoTime();
        health.untried();
    }

    /** How long until there is something to do; empty if there is nothing. */
    Optional<Duration> due() {
        return wishes.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, notBefore - System.nanoTime())));
    }

    /** Replaces what is to be replaced, if it is time. */
    void work(PictureStore store) throws InterruptedException {
        if (!due().map(Duration::isZero).orElse(false)) {
            return;
        }
        for (Wish wish : List.copyOf(wishes.values())) {
            String blob = wish.waiting().latest();
            try {
                store.replace(blob, wish.picture(), wish.image());
                held.put(blob, wish.waiting().sequence());
                wish.waiting().spool().replaced(blob, wish.waiting().sequence());
                wishes.remove(blob);
            } catch (StoreException e) {
                failed(blob, e);
                return;
            }
        }
        health.well();
        backoff.reset();
    }

    private void failed(String blob, StoreException e) {
        String sentence = "The blob of the newest picture (" + blob + ") cannot be replaced: " + e.getMessage();
        switch (e.remedy()) {
            case RETRY -> health.offline(e.code(), sentence);
            case OPERATOR -> health.blocked(e.code(), sentence);
            case NONE -> {
                health.blocked(e.code(), sentence);
                wishes.remove(blob);
            }
        }
        Duration pause = backoff.next();
        boolean slow = e.remedy() != StoreException.Remedy.RETRY && pause.compareTo(pauses.blocked()) < 0;
        notBefore = System.nanoTime() + (slow ? pauses.blocked() : pause).toNanos();
    }

    private long held(String blob) {
        return held.computeIfAbsent(blob, spools::newestIn);
    }

    private record Wish(Waiting waiting, Picture picture, Jpeg image) {}
}
