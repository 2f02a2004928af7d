package io.edgecam.storage;

import io.edgecam.picture.Picture;
import io.edgecam.settings.SpoolSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The pictures of a spool in the order of their sequence, and the bytes that they take. Guarded by the spool's lock. */
final class SpoolOrder {
    private static final long NONE = -1;

    private final NavigableMap<Long, Waiting> waiting = new TreeMap<>();
    private final List<Waiting> arrived = new ArrayList<>();
    private long bytes;
    private long nextSequence;
    private long inUpload = NONE;

    SpoolOrder(long nextSequence) {
        this.nextSequence = nextSequence;
    }

    /** A picture of an earlier run. */
    void takeUp(Waiting entry) {
        bytes += entry.fileBytes();
        put(entry);
    }

    /** Counts the bytes of a picture that is about to be written, and gives out the next sequence. */
    long reserve(long need) {
        bytes += need;
        return nextSequence++;
    }

    /** The picture was not written after all. */
    void giveBack(long need) {
        bytes -= need;
    }

    /** The picture is written, and its bytes were reserved. */
    void put(Waiting entry) {
        waiting.put(entry.sequence(), entry);
    }

    /** The next picture to upload among those that may be; it is in upload until it is put back, forgotten or has arrived. */
    Optional<Waiting> take(SpoolSettings.Order which, Predicate<Waiting> may) {
        boolean oldestFirst = which == SpoolSettings.Order.OLDEST_FIRST;
        Optional<Waiting> next = (oldestFirst ? waiting : waiting.descendingMap())
                .values().stream().filter(may).findFirst();
        inUpload = next.map(Waiting::sequence).orElse(NONE);
        return next;
    }

    void putBack(Waiting entry) {
        inUpload = NONE;
        waiting.computeIfPresent(entry.sequence(), (sequence, there) -> there.afterTry());
    }

    /** It waits no more, and takes its bytes until its file is gone. */
    void arrived(Waiting entry) {
        waiting.remove(entry.sequence());
        inUpload = NONE;
        arrived.add(entry);
    }

    boolean isArrived(Waiting entry) {
        return arrived.contains(entry);
    }

    /** Forgets those that have arrived and whose file is gone now. */
    void removeArrived(Predicate<Waiting> isGone) {
        arrived.removeIf(entry -> {
            boolean gone = isGone.test(entry);
            if (gone) {
                bytes -= entry.fileBytes();
            }
            return gone;
        });
    }

    /** It waits no more, and its file is gone from the spool. */
    void forget(Waiting entry) {
        if (entry.sequence() == inUpload) {
            inUpload = NONE;
        }
        if (waiting.remove(entry.sequence()) != null) {
            bytes -= entry.fileBytes();
        }
    }

    /** The oldest that is not in upload. */
    Optional<Waiting> oldestToDrop() {
        return waiting.values().stream()
                .filter(entry -> entry.sequence() != inUpload)
                .findFirst();
    }

    Optional<Waiting> oldest() {
        return waiting.values().stream().findFirst();
    }

    Stream<Waiting> olderThan(long sequence) {
        return waiting.headMap(sequence).values().stream();
    }

    /** The newest pictures, newest first. */
    List<Picture> newest(int limit) {
        return waiting.descendingMap().values().stream()
                .limit(limit)
                .map(Waiting::picture)
                .toList();
    }

    Optional<Waiting> find(String id) {
        return waiting.values().stream()
                .filter(entry -> entry.picture().id().equals(id))
                .findAny();
    }

    List<Waiting> all() {
        return List.copyOf(waiting.values());
    }

    int size() {
        return waiting.size();
    }

    /** Of those that wait, of those that are being written, and of those that have arrived and are not deleted yet. */
    long bytes() {
        return bytes;
    }

    long nextSequence() {
        return nextSequence;
    }

    /** Sequences from now on are no lesser than this. */
    void continueAt(long sequence) {
        nextSequence = Math.max(nextSequence, sequence);
    }
}
