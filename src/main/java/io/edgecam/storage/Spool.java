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
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
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

    private final SpoolFiles files;
    private final LatestMarks marks;
    private final Losses losses;
    private final NavigableMap<Long, Waiting> waiting = new TreeMap<>();
    private final List<Waiting> undeleted = new ArrayList<>();
    private SpoolSettings limits;
    private long bytes;
    private long nextSequence;
    private long inUpload = -1;
    private boolean closed;

    private Spool(SpoolFiles files, LatestMarks marks, SpoolSettings limits, long nextSequence, Losses losses) {
        this.files = files;
        this.marks = marks;
        this.limits = limits;
        this.nextSequence = Math.max(nextSequence, marks.highest() + 1);
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
        long sequence = reserve(need);
        Waiting entry = new Waiting(this, sequence, picture, latest, OptionalLong.of(orderedNanos), need);
        boolean written = false;
        try {
            files.write(entry.fileName(), head, image.buffer());
            written = true;
        } finally {
            if (!written) {
                giveBack(need);
            }
        }
        Waiting safe = entry.written(Duration.ofNanos(System.nanoTime() - start));
        synchronized (this) {
            waiting.put(sequence, safe);
        }
        return safe;
    }

    /** The next picture to upload; until it is removed, set aside or put back it is not dropped. */
    synchronized Optional<Waiting> take() {
        boolean oldestFirst = limits.uploadOrder() == SpoolSettings.Order.OLDEST_FIRST;
        Map.Entry<Long, Waiting> next = oldestFirst ? waiting.firstEntry() : waiting.lastEntry();
        if (next == null) {
            return Optional.empty();
        }
        inUpload = next.getKey();
        return Optional.of(next.getValue());
    }

    synchronized void putBack() {
        inUpload = -1;
    }

    Jpeg image(Waiting entry) throws IOException, DamagedException {
        byte[] file = files.read(entry.fileName());
        return SpoolFile.read(ByteBuffer.wrap(file), file.length).image(file);
    }

    /** Forgets a picture that has arrived. A file that cannot be deleted now is deleted later. */
    synchronized void remove(Waiting entry) {
        waiting.remove(entry.sequence());
        inUpload = -1;
        undeleted.add(entry);
        deleteUndeleted();
    }

    /** Takes a picture out of the order and keeps its file among the bad ones. */
    void setAside(Waiting entry, String reason) {
        long limit;
        synchronized (this) {
            waiting.remove(entry.sequence());
            inUpload = -1;
            bytes -= entry.fileBytes();
            limit = limits.maxBytes() / BAD_FILES_PART;
        }
        setAside(entry.fileName(), reason, limit);
        losses.failed(entry.picture(), reason);
    }

    /** Notes which picture a blob of the newest now holds, if an older one still waits for its turn. */
    void replaced(String latest, long sequence) {
        boolean olderWaits;
        synchronized (this) {
            olderWaits = waiting.headMap(sequence).values().stream()
                    .anyMatch(entry -> entry.latest().equals(latest));
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
        return waiting.descendingMap().values().stream()
                .limit(limit)
                .map(Waiting::picture)
                .toList();
    }

    synchronized Optional<Waiting> find(String id) {
        return waiting.values().stream()
                .filter(entry -> entry.picture().id().equals(id))
                .findAny();
    }

    synchronized SpoolStatus status() {
        Optional<Waiting> oldest = Optional.ofNullable(waiting.firstEntry()).map(Map.Entry::getValue);
        return new SpoolStatus(
                waiting.size(),
                bytes,
                oldest.map(entry -> entry.picture().capturedAt()),
                losses.droppedCount(),
                files.isInMemory() ? "tmpfs" : "disk");
    }

    synchronized long nextSequence() {
        return nextSequence;
    }

    SpoolFiles files() {
        return files;
    }

    /** Closes the spool if nothing waits in it or is on its way into it. */
    synchronized boolean closeIfEmpty() {
        if (waiting.isEmpty() && bytes == 0) {
            close();
        }
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        files.close();
    }

    private synchronized void takeUp() throws IOException {
        SpoolLeftovers leftovers = SpoolLeftovers.read(this, files);
        nextSequence = Math.max(nextSequence, leftovers.highest() + 1);
        for (Waiting entry : leftovers.pictures()) {
            waiting.put(entry.sequence(), entry);
            bytes += entry.fileBytes();
        }
        leftovers.damaged().forEach((name, reason) -> {
            setAside(name, reason, limits.maxBytes() / BAD_FILES_PART);
            losses.damaged(name, reason);
        });
        if (!waiting.isEmpty()) {
            log.info("{} pictures wait in {} from an earlier run", waiting.size(), files.folder());
        }
    }

    private void setAside(String name, String reason, long limit) {
        try {
            files.setAside(name, reason, limit);
        } catch (IOException e) {
            log.warn("{} could not be moved to the bad files and stays: {}", name, e.toString());
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
                deleteUndeleted();
                SpoolRoom room = new SpoolRoom(files, limits);
                long freed = 0;
                for (String lack = room.lack(bytes, need, freed);
                        !lack.isEmpty();
                        lack = room.lack(bytes, need, freed)) {
                    why = lack;
                    Waiting victim = oldestToDrop(lack);
                    files.delete(victim.fileName());
                    waiting.remove(victim.sequence());
                    bytes -= victim.fileBytes();
                    freed += victim.fileBytes();
                    gone.add(victim);
                }
                if (gone.isEmpty() && losses.isFull() && room.isAmple(bytes + need)) {
                    losses.roomAgain();
                }
                bytes += need;
                return nextSequence++;
            }
        } catch (SpoolFullException e) {
            losses.full(String.valueOf(e.getMessage()));
            throw e;
        } finally {
            tell(gone, why);
        }
    }

    private Waiting oldestToDrop(String lack) throws SpoolFullException {
        if (limits.whenFull() == SpoolSettings.WhenFull.REJECT_NEW) {
            throw new SpoolFullException(lack + "; new pictures are refused until there is room (spool.whenFull)");
        }
        return waiting.values().stream()
                .filter(entry -> entry.sequence() != inUpload)
                .findFirst()
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
        bytes -= need;
    }

    private void deleteUndeleted() {
        undeleted.removeIf(entry -> {
            try {
                files.delete(entry.fileName());
                bytes -= entry.fileBytes();
                return true;
            } catch (IOException e) {
                log.warn("{} has arrived, but its file cannot be deleted yet: {}", entry.fileName(), e.toString());
                return false;
            }
        });
    }
}
