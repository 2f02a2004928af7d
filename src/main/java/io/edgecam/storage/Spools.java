package io.edgecam.storage;

import io.edgecam.picture.Picture;
import io.edgecam.settings.SpoolSettings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool in use and those that were in use before, whose pictures are uploaded first. A folder that cannot be used is
 * tried again with every picture. For any number of threads, one of which takes.
 */
final class Spools implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Spools.class);

    private final Losses losses;
    private final List<Spool> earlier = new ArrayList<>();
    private final Set<Path> unreachable = new TreeSet<>();
    private Optional<Spool> current = Optional.empty();
    private Optional<SpoolSettings> wanted = Optional.empty();
    private long nextSequence = 1;
    private boolean closed;

    Spools(Losses losses) {
        this.losses = losses;
    }

    /** @throws IOException if the folder cannot be used, in the operator's words */
    synchronized void use(SpoolSettings settings) throws IOException {
        wanted = Optional.of(settings);
        if (current.isPresent() && !isAt(current.get(), settings)) {
            earlier.add(current.get());
            current = Optional.empty();
        }
        current();
        current.ifPresent(spool -> spool.limit(settings));
    }

    /**
     * The spool that takes new pictures.
     *
     * @throws IOException if its folder cannot be used, in the operator's words
     */
    synchronized Spool current() throws IOException {
        if (closed || wanted.isEmpty()) {
            throw new IOException(closed ? "the module is stopping" : "the spool is not set up yet");
        }
        if (current.isPresent() && !current.get().files().isThere()) {
            nextSequence = Math.max(nextSequence, current.get().nextSequence());
            current.get().loseAll();
            current = Optional.empty();
        }
        if (current.isEmpty()) {
            Spool opened = open(wanted.get());
            current = Optional.of(opened);
            takeUpEarlier(opened, wanted.get());
        }
        return current.get();
    }

    /** @throws IOException if no picture could be kept now, in the operator's words */
    void probe() throws IOException {
        Spool spool = current();
        try {
            spool.files().probe();
        } catch (IOException e) {
            throw unwritable(spool, e);
        }
    }

    /** The next picture to upload among those that may be; those of earlier folders come first. */
    synchronized Optional<Waiting> take(Predicate<Waiting> may) {
        for (Spool spool : List.copyOf(earlier)) {
            Optional<Waiting> next = spool.take(may);
            if (next.isPresent()) {
                return next;
            }
            if (spool.closeIfEmpty()) {
                earlier.remove(spool);
                nextSequence = Math.max(nextSequence, spool.nextSequence());
                noteEarlier();
            }
        }
        return current.flatMap(spool -> spool.take(may));
    }

    /** The newest pictures that wait, newest first. */
    synchronized List<Picture> newest(int limit) {
        List<Picture> pictures = new ArrayList<>(
                all().stream().flatMap(spool -> spool.newest(limit).stream()).toList());
        return pictures.subList(0, Math.min(limit, pictures.size()));
    }

    synchronized Optional<Waiting> find(String id) {
        return all().stream().flatMap(spool -> spool.find(id).stream()).findFirst();
    }

    /** The sequence of the picture that a blob of the newest holds, as far as a spool knows; 0 if none does. */
    synchronized long newestIn(String latest) {
        return all().stream().mapToLong(spool -> spool.marks().of(latest)).max().orElse(0);
    }

    synchronized SpoolStatus status() {
        int pictures = 0;
        long bytes = 0;
        Optional<SpoolStatus> newest = current.map(Spool::status);
        Optional<Instant> oldest = newest.flatMap(SpoolStatus::oldest);
        for (Spool spool : all()) {
            SpoolStatus status = spool.status();
            pictures += status.pictures();
            bytes += status.bytes();
            oldest = status.oldest().isPresent() ? status.oldest() : oldest;
        }
        return new SpoolStatus(
                pictures,
                bytes,
                oldest,
                losses.droppedCount(),
                newest.map(SpoolStatus::kind).orElse("disk"));
    }

    @Override
    public synchronized void close() {
        closed = true;
        all().forEach(Spool::close);
    }

    /** Newest first. */
    private List<Spool> all() {
        List<Spool> all = new ArrayList<>();
        current.ifPresent(all::add);
        for (int i = earlier.size() - 1; i >= 0; i--) {
            all.add(earlier.get(i));
        }
        return all;
    }

    private Spool open(SpoolSettings settings) throws IOException {
        for (Spool spool : earlier) {
            nextSequence = Math.max(nextSequence, spool.nextSequence());
            if (isAt(spool, settings)) {
                earlier.remove(spool);
                return spool;
            }
        }
        try {
            return Spool.open(settings, nextSequence, losses);
        } catch (IOException e) {
            throw new IOException(
                    "The spool folder " + settings.folder() + " cannot be used: " + reason(e)
                            + ". Bind a folder of the host to it that user " + System.getProperty("user.name")
                            + " may write, or set spool.folder to one",
                    e);
        }
    }

    /** Opens the folders that an earlier run has left pictures in, and writes down those of this run. */
    private void takeUpEarlier(Spool opened, SpoolSettings settings) {
        Set<Path> noted = EarlierFolders.read(opened.files());
        noted.addAll(unreachable);
        noted.remove(settings.folder());
        earlier.forEach(spool -> noted.remove(spool.files().folder()));
        unreachable.clear();
        for (Path folder : noted) {
            try {
                if (!Files.isDirectory(folder)) {
                    throw new NoSuchFileException(folder.toString(), null, "is not there");
                }
                Spool spool = Spool.open(settings.in(folder), 1, losses);
                earlier.add(spool);
                opened.continueAt(spool.nextSequence());
            } catch (IOException e) {
                unreachable.add(folder);
                log.warn(
                        "Pictures may wait in the earlier spool folder {}, which cannot be used: {}. At the next start it is"
                                + " tried again",
                        folder,
                        reason(e));
            }
        }
        noteEarlier();
    }

    private void noteEarlier() {
        Set<Path> folders = new TreeSet<>(unreachable);
        earlier.forEach(spool -> folders.add(spool.files().folder()));
        current.ifPresent(spool -> EarlierFolders.note(spool.files(), folders));
    }

    /** Why a picture could not be written there. */
    static IOException unwritable(Spool spool, IOException e) {
        return new IOException(
                "The picture cannot be written to the spool " + spool.files().folder() + ": " + reason(e)
                        + ". See to the disk, or set spool.folder to another",
                e);
    }

    private static boolean isAt(Spool spool, SpoolSettings settings) {
        return spool.files().folder().equals(settings.folder());
    }

    /** A file system's exception without a reason says only by its name what happened. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        if (e instanceof FileSystemException problem && problem.getReason() != null) {
            return problem.getFile() + ": " + problem.getReason();
        }
        return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
    }
}
