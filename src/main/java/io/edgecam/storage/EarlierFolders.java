package io.edgecam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders that pictures may still lie in from before the spool's folder was changed, so that a restart finds them.
 * Kept in a small file of the spool in use; for one thread at a time.
 */
final class EarlierFolders {
    private static final Logger log = LoggerFactory.getLogger(EarlierFolders.class);
    private static final String FILE = "earlier";

    private EarlierFolders() {}

    /** A note that cannot be read is as good as none, and said. */
    static Set<Path> read(SpoolFiles files) {
        Set<Path> folders = new TreeSet<>();
        try {
            if (files.has(FILE)) {
                for (String line : new String(files.read(FILE), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) {
                    folders.add(files.folder().resolve(line));
                }
            }
        } catch (IOException | InvalidPathException e) {
            log.warn("Pictures in earlier spool folders are not found, {} cannot be read: {}", FILE, e.toString());
        }
        return folders;
    }

    /** Writes down where pictures may wait besides this spool; nowhere leaves no note. */
    static void note(SpoolFiles files, Set<Path> folders) {
        try {
            if (!folders.isEmpty()) {
                List<String> lines = folders.stream().map(Path::toString).toList();
                files.write(FILE, ByteBuffer.wrap(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
            } else if (files.has(FILE)) {
                files.delete(FILE);
            }
        } catch (IOException e) {
            log.warn("After a restart the pictures in {} are not found by themselves: {}", folders, e.toString());
        }
    }
}
