package io.edgecam.settings;

import java.nio.file.Path;

/** Reads paths of folders: whole, without detours, and never the root. Has no state, for any number of threads. */
final class Folders {
    static final String KIND = "an absolute path";

    private static final int MAX_CHARACTERS = 1024;

    private Folders() {}

    static Path absolute(String text) {
        boolean usable = text.startsWith("/")
                && text.length() <= MAX_CHARACTERS
                && text.chars().noneMatch(Character::isISOControl)
                && Path.of(text).normalize().equals(Path.of(text))
                && Path.of(text).getNameCount() > 0;
        if (!usable) {
            throw new IllegalArgumentException(
                    "must be the absolute path of a folder, such as /spool: no .. in it, and not / itself");
        }
        return Path.of(text);
    }
}
