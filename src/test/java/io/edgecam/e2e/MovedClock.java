package io.edgecam.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The wall clock of another process, moved by libfaketime ({@code apt-get install faketime}). What a program measures time
 * with (CLOCK_MONOTONIC) is left alone, as a real change of the clock leaves it. For one thread.
 */
final class MovedClock {
    private final Path library;
    private final Path file;

    private MovedClock(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /** Empty where libfaketime is not installed. */
    static Optional<MovedClock> in(Path folder) throws IOException {
        Path libraries = Path.of("/usr/lib");
        try (Stream<Path> files =
                Files.find(libraries, 3, (path, is) -> path.endsWith(Path.of("faketime", "libfaketimeMT.so.1")))) {
            return files.findFirst().map(library -> new MovedClock(library, folder.resolve("clock")));
        }
    }

    /** @param time as libfaketime reads it: {@code @1970-01-01 00:00:10} goes on from then, {@code +0} is right */
    void set(String time) throws IOException {
        Path next = Files.writeString(file.resolveSibling("clock.next"), time + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Map<String, String> environment(Map<String, String> others) {
        Map<String, String> environment = new TreeMap<>(others);
        environment.put("LD_PRELOAD", library.toString());
        environment.put("FAKETIME_TIMESTAMP_FILE", file.toString());
        environment.put("FAKETIME_NO_CACHE", "1");
        environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        // else waits within the JVM never end
        environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        environment.put("NO_FAKE_STAT", "1");
        environment.put("TZ", "UTC");
        return environment;
    }
}
