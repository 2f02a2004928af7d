package io.edgecam.ledger;

import io.edgecam.ledger.Journal.Part;
import io.edgecam.picture.Picture;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last word about each picture, in what was read so far. A picture that was uploaded stays uploaded, whatever is said
 * of the copy that a crash has left in the spool; one that was given up and is there all the same is taken again. Holds
 * every picture of the journal: to be made, looked at and let go. For one thread.
 */
final class LastWords {
    private final Map<String, Word> words = new LinkedHashMap<>();
    private Optional<Instant> since = Optional.empty();
    private int damaged;

    /** Reads journals' files, oldest first; one that went for a newer one meanwhile is left out. */
    void read(List<Part> parts) throws IOException {
        for (Part part : parts) {
            read(part);
        }
    }

    private void read(Part part) throws IOException {
        try {
            damaged += JournalFile.read(
                    part, text -> Line.read(text).ifPresent(line -> add(line, Optional.of(part.path()))));
        } catch (NoSuchFileException madeRoom) {
            return;
        }
    }

    /** @param file the file it stands in; empty = it is not written yet */
    void add(Line line, Optional<Path> file) {
        since = since.or(() -> Optional.of(Instant.ofEpochMilli(line.moment())));
        words.merge(line.id(), new Word(line, file), LastWords::later);
    }

    /** The picture is in the spool now. */
    void inSpool(Picture picture) {
        add(Line.of(Fate.TAKEN, picture), Optional.empty());
    }

    Map<String, Word> byId() {
        return words;
    }

    /** The place in time of what was read first. */
    Optional<Instant> since() {
        return since;
    }

    /** How many lines could not be read. */
    int damaged() {
        return damaged;
    }

    private static Word later(Word before, Word next) {
        return before.is(Fate.UPLOADED) || next.is(Fate.EXPECTED) ? before : next;
    }

    /** What was said, and in which file. */
    record Word(Line line, Optional<Path> file) {
        boolean is(Fate fate) {
            return line.fate() == fate;
        }
    }
}
