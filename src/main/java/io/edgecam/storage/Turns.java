package io.edgecam.storage;

import io.edgecam.thread.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which waiting picture may go next. One that somebody waits for goes before the others, but never two such in a row, so
 * that neither starves the other. One that was refused steps aside for a while and holds up nobody. Any number of threads
 * wait; one uploads.
 */
final class Turns {
    private final Map<String, Integer> awaited = new ConcurrentHashMap<>();
    private final Map<String, Refusal> refusals = new HashMap<>();
    private boolean lastWasAwaited;
    private long lookedAt;

    /** Somebody waits for this picture. */
    void await(String id) {
        awaited.merge(id, 1, Integer::sum);
    }

    void stopAwaiting(String id) {
        awaited.computeIfPresent(id, (same, waiters) -> waiters == 1 ? null : waiters - 1);
    }

    /** The next picture: now and then one that is awaited, otherwise the next in the spools' order. */
    Optional<Waiting> next(Spools spools) {
        lookedAt = System.nanoTime();
        Optional<Waiting> next = Optional.empty();
        if (!awaited.isEmpty() && !lastWasAwaited) {
            next = spools.take(waiting -> awaited.containsKey(waiting.picture().id()) && isDue(waiting));
        }
        lastWasAwaited = next.isPresent();
        return next.isPresent() ? next : spools.take(this::isDue);
    }

    /**
     * A picture was refused.
     *
     * @param tries how many this one counts for
     * @return how often it was refused by now
     */
    int refused(Waiting waiting, int tries, Backoff pauses) {
        Refusal refusal = refusals.computeIfAbsent(waiting.picture().id(), id -> new Refusal(pauses));
        refusal.count += tries;
        refusal.notBefore = System.nanoTime() + refusal.pauses.next().toNanos();
        return refusal.count;
    }

    /** A picture is no longer tried. */
    void done(Waiting waiting) {
        refusals.remove(waiting.picture().id());
    }

    /** There is another store: what was refused may be taken now. */
    void startAnew() {
        refusals.clear();
    }

    /** After none was found: how long until a refused picture may go again; empty if none waits for that. */
    Optional<Duration> due() {
        refusals.values().removeIf(gone -> gone.notBefore - lookedAt <= 0);
        long now = System.nanoTime();
        return refusals.values().stream()
                .map(refusal -> Duration.ofNanos(Math.max(0, refusal.notBefore - now)))
                .min(Duration::compareTo);
    }

    private boolean isDue(Waiting waiting) {
        Refusal refusal = refusals.get(waiting.picture().id());
        return refusal == null || refusal.notBefore - lookedAt <= 0;
    }

    private static final class Refusal {
        final Backoff pauses;
        int count;
        long notBefore;

        Refusal(Backoff pauses) {
            this.pauses = pauses;
        }
    }
}
