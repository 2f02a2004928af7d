package io.edgecam.ledger;

import io.edgecam.ledger.LastWords.Word;
import io.edgecam.picture.Picture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the journal of an earlier run said of pictures: of all of them until it was compared with the spool, then of those
 * that have arrived and still lie there. Guarded by the ledger's lock.
 */
final class Leftovers {
    private final Map<String, Word> words = new HashMap<>();

    /** Pictures of which something was said while the journal and the spool are compared; null = they are not. */
    private @Nullable Set<String> spoken;

    /** From now on the journal and the spool are compared. */
    void begin(Map<String, Word> lastWords) {
        words.clear();
        words.putAll(lastWords);
        spoken = new HashSet<>();
    }

    /** Something was said of a picture: what the journal and the spool say is older. */
    void spoken(String id) {
        if (spoken != null) {
            spoken.add(id);
        }
    }

    /** Whether the store has said yes to a picture before a crash that left it in the spool. */
    boolean wasUploaded(String id) {
        Word before = words.get(id);
        return before != null && before.is(Fate.UPLOADED);
    }

    /** What was said of the line's picture before it. */
    Optional<Word> replacedBy(Line line) {
        Optional<Word> before = Optional.ofNullable(words.remove(line.id()));
        if (spoken != null) {
            words.put(line.id(), new Word(line, Optional.empty()));
        }
        return before;
    }

    /**
     * The lines that are missing for journal and spool to agree.
     *
     * @param waiting what is in the spool
     * @param underway ids of pictures whose orders still run
     */
    List<Line> agreeing(List<Picture> waiting, Set<String> underway) {
        Set<String> settled = new HashSet<>(underway);
        if (spoken != null) {
            settled.addAll(spoken);
        }
        List<Line> missing = new ArrayList<>();
        for (Picture picture : waiting) {
            Word before = words.get(picture.id());
            boolean known = before != null && (before.is(Fate.TAKEN) || before.is(Fate.UPLOADED));
            if (!known && settled.add(picture.id())) {
                missing.add(Line.of(Fate.TAKEN, picture));
            }
        }
        settled.addAll(ids(waiting));
        for (Word word : words.values()) {
            Line line = word.line();
            if (settled.contains(line.id())) {
                continue;
            }
            if (word.is(Fate.EXPECTED)) {
                missing.add(line.then(
                        Fate.FAILED, Wish.STOPPED, "the module was stopped or killed before the picture was safe"));
            } else if (word.is(Fate.TAKEN)) {
                missing.add(line.then(Fate.DROPPED, "Lost", "its file is not in the spool any more"));
            }
        }
        return missing;
    }

    /** They agree. */
    void end(List<Picture> waiting) {
        spoken = null;
        Set<String> there = ids(waiting);
        words.values()
                .removeIf(word ->
                        !word.is(Fate.UPLOADED) || !there.contains(word.line().id()));
    }

    private static Set<String> ids(List<Picture> pictures) {
        return pictures.stream().map(Picture::id).collect(Collectors.toSet());
    }
}
