package io.edgecam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which picture each blob of the newest holds, so that after a restart no older one replaces it. Kept in a small file of
 * the spool; for any number of threads.
 */
final class LatestMarks {
    private static final Logger log = LoggerFactory.getLogger(LatestMarks.class);
    private static final String FILE = "latest";

    private final SpoolFiles files;
    private final Map<String, Long> sequences = new HashMap<>();

    private LatestMarks(SpoolFiles files) {
        this.files = files;
    }

    /** Marks that cannot be read are as good as none: no picture is held up for them. */
    static LatestMarks read(SpoolFiles files) {
        LatestMarks marks = new LatestMarks(files);
        try {
            if (files.has(FILE)) {
                new String(files.read(FILE), StandardCharsets.UTF_8).lines().forEach(marks::take);
            }
        } catch (IOException e) {
            log.warn("An older picture may replace a newer one, {} cannot be read: {}", FILE, e.toString());
        }
        return marks;
    }

    /** The blob now holds the picture with this sequence. */
    synchronized void note(String latest, long sequence) {
        sequences.put(latest, sequence);
        StringBuilder text = new StringBuilder();
        sequences.forEach(
                (name, number) -> text.append(number).append(' ').append(name).append('\n'));
        try {
            files.write(FILE, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            log.warn("After a restart an older picture may replace {}: {}", latest, e.toString());
        }
    }

    /** The sequence of the picture that the blob holds; 0 if that is not known. */
    synchronized long of(String latest) {
        return sequences.getOrDefault(latest, 0L);
    }

    synchronized long highest() {
        return sequences.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private void take(String line) {
        int space = line.indexOf(' ');
        if (space > 0 && line.substring(0, space).matches("\\d{1,17}")) {
            sequences.put(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
        }
    }
}
