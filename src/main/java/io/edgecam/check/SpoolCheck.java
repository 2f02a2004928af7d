package io.edgecam.check;

import io.edgecam.settings.SpoolSettings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the spool's folder can be written, what it lies on and what room there is. */
public final class SpoolCheck implements Check {
    private static final long MEGABYTE = 1024 * 1024;

    private final SpoolSettings spool;

    public SpoolCheck(SpoolSettings spool) {
        this.spool = spool;
    }

    @Override
    public List<Finding> look() {
        Path folder = spool.folder();
        String subject = "spool " + folder;
        if (!Files.isDirectory(folder)) {
            return List.of(
                    Finding.wrong(
                            subject,
                            "is no folder: bind one of the host to it (HostConfig.Binds), or set spool.folder to one that is there"));
        }
        try {
            Files.delete(Files.createTempFile(folder, "check", ".tmp"));
            return List.of(room(subject, Files.getFileStore(folder)));
        } catch (AccessDeniedException e) {
            return List.of(
                    Finding.wrong(
                            subject,
                            "may not be written by this user: on the host, sudo chown 10001:10001 the folder that is bound to it"));
        } catch (IOException e) {
            return List.of(Finding.wrong(
                    subject,
                    "cannot be written: " + e + "; see to the disk (df -h, df -i), or set spool.folder to another"));
        }
    }

    private Finding room(String subject, FileStore disk) throws IOException {
        long free = disk.getUsableSpace();
        long keepFree = disk.getTotalSpace() / 100 * spool.minFreePercent();
        String sentence = "can be written, lies on " + disk.type() + ", " + free / MEGABYTE + " MB are free";
        if (free <= keepFree) {
            return Finding.wrong(
                    subject,
                    sentence + ", and " + keepFree / MEGABYTE + " MB are to stay free (spool.minFreePercent "
                            + spool.minFreePercent() + "): make room, or lower it");
        }
        if (disk.type().equals("overlay")) {
            return Finding.note(
                    subject,
                    sentence + "; it is inside of the container and is lost with it: bind a folder of the host");
        }
        if (free - keepFree < spool.maxBytes()) {
            return Finding.note(
                    subject,
                    sentence + ", fewer than spool.maxSizeMB (" + spool.maxBytes() / MEGABYTE
                            + ") allows: lower it to fit");
        }
        return Finding.ok(subject, sentence);
    }
}
