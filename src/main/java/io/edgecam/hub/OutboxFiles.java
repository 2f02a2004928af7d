package io.edgecam.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages in the files of a folder, oldest file first. A file is either written or read, never both. Bounded: the oldest
 * file makes room for a new one. For one thread.
 */
final class OutboxFiles implements AutoCloseable {
    private static final Pattern OURS = Pattern.compile("\\d{19}\\.jsonl");

    private final Path folder;
    private final int mostFiles;
    private final int bytesInFile;
    private final Deque<Path> files = new ArrayDeque<>();
    private @Nullable OutboxFile writing;
    private long nextNumber;

    private OutboxFiles(Path folder, int mostFiles, int bytesInFile) {
        this.folder = folder;
        this.mostFiles = mostFiles;
        this.bytesInFile = bytesInFile;
    }

    /** Takes up a folder, made if need be, with what an earlier run has left in it. */
    static OutboxFiles open(Path folder, int mostFiles, int bytesInFile) throws IOException {
        OutboxFiles all = new OutboxFiles(folder, mostFiles, bytesInFile);
        Files.createDirectories(folder);
        try (Stream<Path> found = Files.list(folder)) {
            found.filter(file -> OURS.matcher(nameOf(file)).matches()).sorted().forEach(all.files::add);
        }
        Path newest = all.files.peekLast();
        all.nextNumber = newest == null ? 0 : Long.parseLong(nameOf(newest).substring(0, 19)) + 1;
        return all;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    int count() {
        return files.size();
    }

    /** Adds a message behind all others; how many old ones had to make room. */
    int add(String message) throws IOException {
        OutboxFile file = writing;
        if (file == null || file.size() >= bytesInFile) {
            int dropped = files.size() < mostFiles ? 0 : dropOldest();
            file = begin();
            file.add(message);
            return dropped;
        }
        file.add(message);
        return 0;
    }

    /** The messages of the oldest file; it is not written any more. */
    List<String> oldest() throws IOException {
        if (files.size() == 1) {
            seal();
        }
        return OutboxFile.read(files.getFirst());
    }

    void deleteOldest() throws IOException {
        if (files.size() == 1) {
            seal();
        }
        Files.deleteIfExists(files.getFirst());
        files.removeFirst();
    }

    int messages() throws IOException {
        int messages = 0;
        for (Path file : files) {
            messages += OutboxFile.read(file).size();
        }
        return messages;
    }

    @Override
    public void close() throws IOException {
        seal();
    }

    private int dropOldest() throws IOException {
        int messages = oldest().size();
        deleteOldest();
        return messages;
    }

    private OutboxFile begin() throws IOException {
        seal();
        Path path = folder.resolve("%019d.jsonl".formatted(nextNumber++));
        OutboxFile file = OutboxFile.create(path);
        files.addLast(path);
        writing = file;
        return file;
    }

    private void seal() throws IOException {
        OutboxFile file = writing;
        writing = null;
        if (file != null) {
            file.close();
        }
    }

    private static String nameOf(Path file) {
        return Objects.toString(file.getFileName());
    }
}
