package io.edgecam.storage;

import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.storage.SpoolFile.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in which pictures wait, one file each, in the order of their sequence; bounded in bytes and by the space left
 * on its disk. What {@link #add} has taken survives a loss of power. For any number of threads that add, and one that
 * takes.
 */
final class Spool implements AutoCloseable {
    /** How the names of pictures end; other files in the folder are left alone. */
    static final String PICTURE = ".pic";

    private static final Logger log = LoggerFactory.getLogger(Spool.class);
    private static final int BAD_FILES_PART = 10;
    private static final int MOST_EVICTIONS = 4;

    private final SpoolFiles files;
    private final LatestMarks marks;
    private final Losses losses;
    private final SpoolOrder order;
    private SpoolSettings limits;
    private long crowd = Long.MAX_VALUE;
    private boolean closed;

    private Spool(SpoolFiles files, LatestMarks marks, SpoolSettings limits, long nextSequence, Losses losses) {
        this.files = files;
        this.marks = marks;
        this.limits = limits;
        this.order = new SpoolOrder(Math.max(nextSequence, marks.highest() + 1));
        this.losses = losses;
    }

    /**
     * Opens the folder and takes up the pictures that an earlier run has left there; damaged files are set aside.
     *
     * @param nextSequence the least sequence for new pictures
     */
    static Spool open(SpoolSettings settings, long nextSequence, Losses losses) throws IOException {
        SpoolFiles files = SpoolFiles.open(settings.folder());
        try {
            Spool spool = new Spool(files, LatestMarks.read(files), settings, nextSequence, losses);
            spool.takeUp();
            spool.sayWhatItSurvives();
            return spool;
        } catch (IOException e) {
            files.close();
            throw e;
        }
    }

    /** New bounds for the same folder; what is too much goes when the next picture comes. */
    synchronized void limit(SpoolSettings settings) {
        limits = settings;
    }

    /**
     * Writes a picture; it is safe when this returns.
     *
     * @throws SpoolFullException if there is no room and none can be made
     */
    Waiting add(Picture picture, Jpeg image, String latest, long orderedNanos) throws IOException {
        long start = System.nanoTime();
        ByteBuffer head = SpoolFile.head(picture, latest, image);
        long need = head.remaining() + (long) image.length();
        noticeRoom(need);
        for (int tries = 1; ; tries++) {
            Waiting entry =
                    new Waiting(this, reserve(need), picture, latest, OptionalLong.of(orderedNanos), need, false);
            try {
                files.write(entry.fileName(), head.rewind(), image.buffer());
                return waits(entry.written(Duration.ofNanos(System.nanoTime() - start)));
            } catch (IOException e) {
                giveBack(need);
                if (!SpoolRoom.isUsedUp(e)) {
                    throw e;
                }
                makeRoom(SpoolRoom.usedUp(files, e), tries);
            }
        }
    }

    /**
     * The next picture to upload among those that may be; until it is removed, set aside or put back it is not
     * dropped.
     */
    synchronized Optional<Waiting> take(Predicate<Waiting> may) {
        return order.take(limits.uploadOrder(), may);
    }

    /** After a try that was not the last. */
    synchronized void putBack(Waiting entry) {
        order.putBack(entry);
    }

    Jpeg image(Waiting entry) throws IOException, DamagedException {
        long size = files.size(entry.fileName());
        if (size != entry.fileBytes()) {
            throw new DamagedException("has " + size + " bytes instead of " + entry.fileBytes());
        }
        byte[] file = files.read(entry.fileName());
        return SpoolFile.read(ByteBuffer.wrap(file), file.length).image(file);
    }

    /** Forgets a picture that has arrived. A file that cannot be deleted now is deleted later. */
    synchronized void remove(Waiting entry) {
        order.arrived(entry);
        deleteArrived();
        if (order.isArrived(entry)) {
            log.warn("{} has arrived, but its file cannot be deleted yet; that is tried again", entry.fileName());
        }
    }

    /**
     * Takes a picture out of the order and keeps its file among the bad ones.
     *
     * @return whether that could be done; if not, the picture waits as before
     */
    boolean setAside(Waiting entry, String reason) {
        if (!setAside(entry.fileName(), reason)) {
            return false;
        }
        forget(entry);
        losses.failed(entry.picture(), reason);
        return true;
    }

    /** Gives up a picture whose file somebody has taken away. */
    void lose(Waiting entry) {
        forget(entry);
        losses.failed(entry.picture(), "its file " + entry.fileName() + " was taken out of the spool");
    }

    /** Gives up all pictures, because somebody has removed or emptied the folder. */
    void loseAll() {
        List<Waiting> all;
        synchronized (this) {
            all = order.all();
            closed = true;
        }
        all.forEach(this::lose);
        files.close();
    }

    /** Notes which picture a blob of the newest now holds, if an older one still waits for its turn. */
    void replaced(String latest, long sequence) {
        boolean olderWaits;
        synchronized (this) {
            olderWaits =
                    order.olderThan(sequence).anyMatch(entry -> entry.latest().equals(latest));
        }
        if (olderWaits) {
            marks.note(latest, sequence);
        }
    }

    LatestMarks marks() {
        return marks;
    }

    /** The newest pictures, newest first. */
    synchronized List<Picture> newest(int limit) {
        return order.newest(limit);
    }

    synchronized Optional<Waiting> find(String id) {
        return order.find(id);
    }

    synchronized SpoolStatus status() {
        return new SpoolStatus(
                order.size(),
                order.bytes(),
                order.oldest().map(entry -> entry.picture().capturedAt()),
                losses.droppedCount(),
                files.isInMemory() ? "tmpfs" : "disk");
    }

    synchronized long nextSequence() {
        return order.nextSequence();
    }

    /** New pictures get no lesser sequence than this. */
    synchronized void continueAt(long sequence) {
        order.continueAt(sequence);
    }

    SpoolFiles files() {
        return files;
    }

    /** Closes the spool if nothing waits in it or is on its way into it. */
    synchronized boolean closeIfEmpty() {
        if (order.size() == 0 && order.bytes() == 0) {
            close();
        }
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        files.close();
    }

    private void sayWhatItSurvives() {
        String what = files.isInMemory()
                ? "pictures survive a restart of the module, not of the host"
                : "pictures survive a restart and a loss of power";
        log.info("The spool {} lies on {}: {}", files.folder(), files.type(), what);
        if (files.type().equals("overlay")) {
            log.warn(
                    "The spool {} lies inside the container and is lost with it, at every update: bind a folder of the"
                            + " host to it",
                    files.folder());
        }
    }

    private synchronized void takeUp() throws IOException {
        SpoolLeftovers leftovers = SpoolLeftovers.read(this, files);
        order.continueAt(leftovers.highest() + 1);
        leftovers.pictures().forEach(order::takeUp);
        leftovers.damaged().forEach((name, reason) -> {
            setAside(name, reason);
            losses.damaged(name, reason);
        });
        if (order.size() > 0) {
            log.info("{} pictures wait in {} from an earlier run", order.size(), files.folder());
        }
    }

    private boolean setAside(String name, String reason) {
        long limit;
        synchronized (this) {
            limit = limits.maxBytes() / BAD_FILES_PART;
        }
        try {
            files.setAside(name, reason, limit);
            return true;
        } catch (IOException e) {
            log.warn("{} could not be moved to the bad files and stays: {}", name, e.toString());
            return false;
        }
    }

    private synchronized void forget(Waiting entry) {
        order.forget(entry);
    }

    private synchronized Waiting waits(Waiting entry) {
        order.put(entry);
        return entry;
    }

    /** Says so if the spool was full and is no more: by its bound, its disk, and what the disk said last. */
    private synchronized void noticeRoom(long need) throws IOException {
        if (losses.isFull()
                && 2L * order.size() < crowd
                && new SpoolRoom(files, limits).isAmple(order.bytes() + need)) {
            crowd = Long.MAX_VALUE;
            losses.roomAgain();
        }
    }

    /** The disk has no room left, whatever was to be expected: the oldest picture goes. */
    private void makeRoom(String lack, int tries) throws SpoolFullException {
        List<Waiting> gone = new ArrayList<>();
        try {
            synchronized (this) {
                crowd = order.size();
                if (tries > MOST_EVICTIONS) {
                    throw new SpoolFullException(lack + "; giving up older pictures did not help");
                }
                gone.add(drop(oldestToDrop(lack)));
            }
        } catch (SpoolFullException e) {
            losses.full(String.valueOf(e.getMessage()));
            throw e;
        } catch (IOException e) {
            throw new SpoolFullException(lack + "; nor can an older picture be deleted: " + e.getMessage());
        } finally {
            tell(gone, lack);
        }
    }

    /** Makes room, in bytes and on the disk, and gives out the next sequence. */
    private long reserve(long need) throws IOException {
        List<Waiting> gone = new ArrayList<>();
        String why = "";
        try {
            synchronized (this) {
                if (closed) {
                    throw new IOException("The spool " + files.folder() + " was just closed");
                }
                deleteArrived();
                SpoolRoom room = new SpoolRoom(files, limits);
                long freed = 0;
                for (String lack = room.lack(order.bytes(), need, freed);
                        !lack.isEmpty();
                        lack = room.lack(order.bytes(), need, freed)) {
                    why = lack;
                    Waiting victim = drop(oldestToDrop(lack));
                    freed += victim.fileBytes();
                    gone.add(victim);
                }
                return order.reserve(need);
            }
        } catch (SpoolFullException e) {
            losses.full(String.valueOf(e.getMessage()));
            throw e;
        } finally {
            tell(gone, why);
        }
    }

    /** Only what is gone from the disk is gone from the order. */
    private Waiting drop(Waiting victim) throws IOException {
        files.delete(victim.fileName());
        order.forget(victim);
        return victim;
    }

    private Waiting oldestToDrop(String lack) throws SpoolFullException {
        if (limits.whenFull() == SpoolSettings.WhenFull.REJECT_NEW) {
            throw new SpoolFullException(lack + "; new pictures are refused until there is room (spool.whenFull)");
        }
        return order.oldestToDrop()
                .orElseThrow(
                        () -> new SpoolFullException(lack + "; there is no older picture to give up for a new one"));
    }

    private void tell(List<Waiting> gone, String why) {
        if (!gone.isEmpty()) {
            losses.full(why + "; the oldest pictures are given up for new ones (spool.whenFull)");
            gone.forEach(entry -> losses.dropped(entry.picture(), why));
        }
    }

    private synchronized void giveBack(long need) {
        order.giveBack(need);
    }

    private void deleteArrived() {
        order.removeArrived(entry -> {
            try {
                files.delete(entry.fileName());
                return true;
            } catch (IOException e) {
                log.debug("{} has arrived, but its file cannot be deleted yet: {}", entry.fileName(), e.toString());
                return false;
            }
        });
    }
}
