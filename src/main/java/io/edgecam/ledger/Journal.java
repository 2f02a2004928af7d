package io.edgecam.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines in the files of a folder, oldest first, bounded: the oldest file goes for a new one. For one thread at a time; only
 * {@link #force} and {@link JournalFile#read} may be called beside it.
 */
final class Journal {
    private static final Pattern OURS = Pattern.compile("\\d{19}\\.txt");

    private final Path folder;
    private final Bounds bounds;
    private final Deque<Part> parts = new ArrayDeque<>();
    private long nextNumber;
    private @Nullable Path unforced;

    private Journal(Path folder, Bounds bounds) {
        this.folder = folder;
        this.bounds = bounds;
    }

    /** Takes up a folder, made if need be, with what an earlier run has left in it. */
    static Journal open(Path folder, Bounds bounds) throws IOException {
        Journal journal = new Journal(folder, bounds);
        JournalFile.createFolders(folder);
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(file -> OURS.matcher(nameOf(file)).matches())
                    .sorted()
                    .toList();
        }
        for (Path file : found) {
            journal.parts.addLast(new Part(file, Files.size(file)));
            journal.nextNumber = Long.parseLong(nameOf(file).substring(0, 19)) + 1;
        }
        return journal;
    }

    Path folder() {
        return folder;
    }

    /** Whether somebody has not taken the files away. */
    boolean isThere() {
        return parts.isEmpty()
                ? Files.isDirectory(folder)
                : Files.exists(parts.getLast().path());
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    /**
     * Adds a line, which survives a kill when this returns, and a loss of power once it is forced.
     *
     * @return the file it is in
     */
    Path append(Line line) throws IOException {
        byte[] bytes = JournalFile.encode(line.text());
        Path file = room(bytes.length);
        JournalFile.append(file, bytes);
        unforced = file;
        measureNewest();
        return file;
    }

    /** Puts the files of another journal behind those of this one and deletes them there. */
    void moveHere(Journal other) throws IOException {
        for (Part part : other.parts()) {
            Path moved = begin();
            JournalFile.append(moved, JournalFile.start(part));
            JournalFile.force(moved);
            measureNewest();
            Files.deleteIfExists(part.path());
            other.parts.remove(part);
        }
    }

    /** Files that went for new ones since the last call. */
    List<Path> makeRoom() throws IOException {
        List<Path> gone = new ArrayList<>();
        long bytes = parts.stream().mapToLong(Part::bytes).sum();
        while (parts.size() > 1 && bytes > bounds.bytes()) {
            Part oldest = parts.getFirst();
            Files.deleteIfExists(oldest.path());
            parts.removeFirst();
            bytes -= oldest.bytes();
            gone.add(oldest.path());
        }
        return gone;
    }

    /** The file with lines that are not forced to disk yet, which from now on count as forced. */
    Optional<Path> takeUnforced() {
        Optional<Path> file = Optional.ofNullable(unforced);
        unforced = null;
        return file;
    }

    boolean isForced() {
        return unforced == null;
    }

    /** Forces a file to disk; one that is gone by now needs it no more. */
    static void force(Path file) throws IOException {
        try {
            JournalFile.force(file);
        } catch (NoSuchFileException madeRoom) {
            return;
        }
    }

    private Path room(int bytes) throws IOException {
        Part newest = parts.peekLast();
        return newest == null || newest.bytes() + bytes > bounds.bytesInFile() ? begin() : newest.path();
    }

    private void measureNewest() throws IOException {
        Part measured =
                new Part(parts.getLast().path(), Files.size(parts.getLast().path()));
        parts.removeLast();
        parts.addLast(measured);
    }

    private Path begin() throws IOException {
        Path full = unforced;
        if (full != null) {
            JournalFile.force(full);
            unforced = null;
        }
        Path path = folder.resolve("%019d.txt".formatted(nextNumber));
        JournalFile.create(path);
        nextNumber++;
        parts.addLast(new Part(path, 0));
        return path;
    }

    private static String nameOf(Path file) {
        return Objects.toString(file.getFileName());
    }

    /** A file with as many bytes of lines. */
    record Part(Path path, long bytes) {}

    /** How much is kept. */
    record Bounds(long bytes, int bytesInFile) {
        /** Some 35,000 pictures. */
        static final Bounds USUAL = new Bounds(8L << 20, 512 << 10);
    }
}
