package io.edgecam.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of the pictures of a stretch of time.
 *
 * @param cameras by name; only those that were to take a picture
 * @param gaps oldest first; the newest 100 of them
 * @param gapsLeftOut how many older ones there are
 * @param since the ledger knows of nothing before; empty = it knows of nothing
 * @param damagedLines how many lines of the journal, of any time, cannot be read
 */
public record Statement(
        Map<String, Account> cameras, List<Gap> gaps, int gapsLeftOut, Optional<Instant> since, int damagedLines) {
    private static final int MOST_GAPS = 100;

    public Statement {
        cameras = Collections.unmodifiableMap(new TreeMap<>(cameras));
        gaps = List.copyOf(gaps);
    }

    /** All cameras together. */
    public Account sum() {
        return cameras.values().stream().reduce(Account.NONE, Account::plus);
    }

    static Statement of(LastWords words, Query query) {
        Map<String, List<Line>> byCamera = new TreeMap<>();
        for (LastWords.Word word : words.byId().values()) {
            if (query.asksFor(word.line())) {
                byCamera.computeIfAbsent(word.line().camera(), any -> new ArrayList<>())
                        .add(word.line());
            }
        }
        Map<String, Account> cameras = new TreeMap<>();
        List<Gap> gaps = new ArrayList<>();
        byCamera.forEach((camera, lines) -> {
            cameras.put(
                    camera, lines.stream().map(line -> Account.of(line.fate())).reduce(Account.NONE, Account::plus));
            gaps.addAll(gaps(lines));
        });
        gaps.sort(Comparator.comparing(Gap::from));
        int leftOut = Math.max(0, gaps.size() - MOST_GAPS);
        return new Statement(cameras, gaps.subList(leftOut, gaps.size()), leftOut, words.since(), words.damaged());
    }

    /** A picture that is there, or is missing for another reason, ends a gap. */
    private static List<Gap> gaps(List<Line> lines) {
        lines.sort(Comparator.comparingLong(Line::moment));
        List<Gap> gaps = new ArrayList<>();
        Optional<Gap> open = Optional.empty();
        for (Line line : lines) {
            if (line.fate() == Fate.EXPECTED) {
                continue;
            }
            Optional<Gap> longer = open.filter(
                            gap -> line.fate().isMissing() && gap.reason().equals(line.reason()))
                    .map(gap -> gap.and(line));
            if (longer.isEmpty()) {
                open.ifPresent(gaps::add);
            }
            open = longer.or(() -> line.fate().isMissing() ? Optional.of(Gap.of(line)) : Optional.empty());
        }
        open.ifPresent(gaps::add);
        return gaps;
    }

    /**
     * Which pictures a statement is about.
     *
     * @param from the first moment; empty = from the beginning
     * @param to the moment after the last; empty = to the end
     * @param camera empty = all
     */
    public record Query(Optional<Instant> from, Optional<Instant> to, Optional<String> camera) {
        public static final Query ALL = new Query(Optional.empty(), Optional.empty(), Optional.empty());

        boolean asksFor(Line line) {
            return line.isWithin(from, to) && camera.map(line.camera()::equals).orElse(true);
        }
    }
}
