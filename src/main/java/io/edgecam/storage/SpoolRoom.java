package io.edgecam.storage;

import io.edgecam.settings.SpoolSettings;
import java.io.IOException;

/**
 * Whether a spool has room for one more picture, by its own bound and by what is left on its disk. On a disk that others
 * have filled it does not grow any more, but what it holds may still be replaced. For one thread.
 */
final class SpoolRoom {
    private static final long MEGABYTE = 1024 * 1024;

    private final SpoolFiles files;
    private final SpoolSettings limits;
    private final long usable;
    private final long keepFree;

    SpoolRoom(SpoolFiles files, SpoolSettings limits) throws IOException {
        this.files = files;
        this.limits = limits;
        this.usable = files.usableBytes();
        this.keepFree = files.totalBytes() / 100 * limits.minFreePercent();
    }

    /**
     * What is lacking, in the operator's words; empty when there is room.
     *
     * @param freed what was given up already for this picture
     */
    String lack(long held, long need, long freed) {
        if (held + need > limits.maxBytes()) {
            return "The spool " + files.folder() + " is full: it holds " + size(held) + " of at most "
                    + size(limits.maxBytes()) + " (spool.maxSizeMB), a picture of " + size(need) + " does not fit";
        }
        if (freed < need && usable - need < keepFree) {
            return "The disk of the spool " + files.folder() + " is full: " + size(usable) + " are free, "
                    + size(keepFree) + " (spool.minFreePercent " + limits.minFreePercent() + ") are to stay free";
        }
        return "";
    }

    /** Whether a file could not be written because there is no space left, or no inode, or a quota is reached. */
    static boolean isUsedUp(IOException e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("No space left on device") || said.contains("quota exceeded");
    }

    /** What then is lacking, in the operator's words: there may be space, but no inode for one more file. */
    static String usedUp(SpoolFiles files, IOException e) {
        long free;
        try {
            free = files.usableBytes();
        } catch (IOException unknown) {
            free = 0;
        }
        return "The disk of the spool " + files.folder() + " takes no more (" + Spools.reason(e) + "): " + size(free)
                + " are free" + (free > MEGABYTE ? ", so it has run out of inodes or of a quota" : "");
    }

    /** Whether so much is so little that the next pictures fit as well. */
    boolean isAmple(long held) {
        return held < limits.maxBytes() / 10 * 9 && usable > keepFree + limits.maxBytes() / 10;
    }

    private static String size(long bytes) {
        return bytes >= 10 * MEGABYTE ? bytes / MEGABYTE + " MB" : bytes + " bytes";
    }
}
