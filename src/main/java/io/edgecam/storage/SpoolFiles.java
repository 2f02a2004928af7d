package io.edgecam.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps on disk behind a spool, and nothing else: what {@link #write} has written survives a loss of power. One
 * process at a time has a folder. For any number of threads, each with its own file names.
 */
final class SpoolFiles implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String BAD = "bad";
    private static final String SAID = ".txt";
    private static final String PROBE = "probe";
    private static final int MOST_BAD = 100;
    private static final Pattern OURS = Pattern.compile("(0\\d{18}\\.pic|earlier|latest|probe)\\.tmp");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final FileStore disk;
    private final FileChannel owner;
    private final Object lockKey;

    private SpoolFiles(Path folder, FileStore disk, FileChannel owner) throws IOException {
        this.folder = folder;
        this.disk = disk;
        this.owner = owner;
        this.lockKey = keyOf(folder.resolve(LOCK));
    }

    /**
     * Takes a folder, made if need be, and removes what an interrupted write has left there.
     *
     * @throws IOException if it cannot be written, or another process has it
     */
    static SpoolFiles open(Path folder) throws IOException {
        DurableFile.createFolders(folder);
        FileChannel owner = FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        try {
            if (!isOurs(owner)) {
                throw new IOException("another process uses it; each module needs its own");
            }
            SpoolFiles files = new SpoolFiles(folder, Files.getFileStore(folder), owner);
            for (String name : files.names(DurableFile.TEMPORARY)) {
                if (OURS.matcher(name).matches()) {
                    files.delete(name);
                }
            }
            return files;
        } catch (IOException e) {
            owner.close();
            throw e;
        }
    }

    /** Writes a file as a whole or not at all. */
    void write(String name, ByteBuffer... parts) throws IOException {
        checkThere();
        DurableFile.write(folder.resolve(name), OWNER_ONLY, parts);
    }

    byte[] read(String name) throws IOException {
        checkThere();
        return Files.readAllBytes(folder.resolve(name));
    }

    /** Up to so many bytes from the start of a file. */
    ByteBuffer readStart(String name, int length) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(length);
        try (FileChannel file = FileChannel.open(folder.resolve(name), StandardOpenOption.READ)) {
            int read = 0;
            while (start.hasRemaining() && read >= 0) {
                read = file.read(start);
            }
        }
        return start.flip();
    }

    long size(String name) throws IOException {
        checkThere();
        return Files.size(folder.resolve(name));
    }

    boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    void delete(String name) throws IOException {
        checkThere();
        Files.deleteIfExists(folder.resolve(name));
    }

    /**
     * Moves a file into the folder of bad files, with the reason beside it. The oldest there make room: what stays is
     * 100 files at most, and no more bytes than the limit, but always the newest.
     *
     * @throws IOException if it could not be moved and is where it was
     */
    void setAside(String name, String reason, long limitBytes) throws IOException {
        checkThere();
        Path bad = folder.resolve(BAD);
        DurableFile.createFolders(bad);
        long bytes = size(name) + reason.length();
        int count = 1;
        List<String> newestFirst = namesIn(bad, Spool.PICTURE);
        Collections.reverse(newestFirst);
        for (String kept : newestFirst) {
            Path said = bad.resolve(kept + SAID);
            bytes += Files.size(bad.resolve(kept)) + (Files.exists(said) ? Files.size(said) : 0);
            count++;
            if (bytes > limitBytes || count > MOST_BAD) {
                Files.deleteIfExists(bad.resolve(kept));
                Files.deleteIfExists(said);
            }
        }
        Files.writeString(bad.resolve(name + SAID), reason + "\n");
        Files.move(folder.resolve(name), bad.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Whether the folder is still the one that was taken. It may have been emptied or removed since, and another process
     * may have made it anew: then all files in it are that one's, also those with the names of ours.
     */
    boolean isThere() {
        try {
            return keyOf(folder.resolve(LOCK)).equals(lockKey);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Finds out whether a file can be written. */
    void probe() throws IOException {
        write(PROBE, ByteBuffer.wrap(new byte[] {1}));
        delete(PROBE);
    }

    /** The names of the files that were set aside, in order. */
    List<String> badNames() throws IOException {
        Path bad = folder.resolve(BAD);
        return Files.isDirectory(bad) ? namesIn(bad, "") : List.of();
    }

    /** The names of the plain files that end so, in order. */
    List<String> names(String ending) throws IOException {
        return namesIn(folder, ending);
    }

    long usableBytes() throws IOException {
        return disk.getUsableSpace();
    }

    long totalBytes() throws IOException {
        return disk.getTotalSpace();
    }

    /** Whether the folder lies in memory, which a reboot empties. */
    boolean isInMemory() {
        return disk.type().equals("tmpfs") || disk.type().equals("ramfs");
    }

    /** What the folder lies on, in the system's word: {@code ext4}, {@code tmpfs}, {@code overlay}. */
    String type() {
        return disk.type();
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            owner.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a lock file writes nothing and cannot fail", e);
        }
    }

    private void checkThere() throws IOException {
        if (!isThere()) {
            throw new NoSuchFileException(folder.toString(), null, "was emptied or replaced by somebody");
        }
    }

    /** What tells a file from another of the same name: as long as the lock is open, no other can have its key. */
    private static Object keyOf(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return Objects.requireNonNullElse(attributes.fileKey(), file);
    }

    private static boolean isOurs(FileChannel owner) throws IOException {
        try {
            FileLock lock = owner.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static List<String> namesIn(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
        } catch (UncheckedIOException e) {
            throw new IOException("the list of its files cannot be read: " + e.getMessage(), e);
        }
    }
}
