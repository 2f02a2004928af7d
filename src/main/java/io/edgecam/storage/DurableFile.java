package io.edgecam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes files that are there as a whole, or not at all, whenever the power goes. For any number of threads, each with
 * its own files.
 */
final class DurableFile {
    /** How the names of unfinished files end. */
    static final String TEMPORARY = ".tmp";

    private DurableFile() {}

    /** Writes aside, forces that to disk, gives it its name and forces the name, too; replaces what was there. */
    static void write(Path target, Set<PosixFilePermission> permissions, ByteBuffer... parts) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + TEMPORARY);
        boolean named = false;
        try {
            Files.deleteIfExists(temporary);
            try (FileChannel file = FileChannel.open(
                    temporary,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(permissions))) {
                for (ByteBuffer part : parts) {
                    while (part.hasRemaining()) {
                        file.write(part);
                    }
                }
                file.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            named = true;
            forceFolder(folderOf(target));
        } catch (IOException e) {
            remove(named ? target : temporary, e);
            throw e;
        }
    }

    /** Makes a folder and those above it, each forced into the one above. */
    static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        createFolders(folderOf(folder));
        Files.createDirectories(folder);
        forceFolder(folderOf(folder));
    }

    private static Path folderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is no file in a folder");
        }
        return folder;
    }

    /** Linux keeps a new name in memory until its folder is forced. */
    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void remove(Path file, IOException cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
