package io.edgecam.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody may have meant, by counting the letters to change. Has no state, for any number of threads. */
public final class Nearest {
    /** Longer words are not compared: the work grows with the square. */
    private static final int MAX_LENGTH = 64;

    private Nearest() {}

    /** The candidate with the fewest letters to change, if that is at most one in three. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        if (word.isEmpty() || word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> changes(word, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt((String candidate) -> changes(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The distance of Levenshtein, without regard to the case of letters, kept one row at a time. */
    private static int changes(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
