package io.edgecam.camera.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looks for processes by a word in their command lines or their environment, and waits for their end. */
final class Leftovers {
    private Leftovers() {}

    /** The living processes with this word among their arguments. */
    static List<ProcessHandle> with(String word) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process.pid()).contains(word))
                .toList();
    }

    /** Waits until none is left that has this word among its arguments; the test's time-out bounds it. */
    static void awaitNone(String word) {
        CompletableFuture.allOf(with(word).stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .join();
    }

    /** All arguments with blanks between; empty if the process is dead. */
    static String commandLine(long pid) {
        try {
            return Files.readString(
                            Path.of("/proc", Long.toString(pid), "cmdline"),
                            java.nio.charset.StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
