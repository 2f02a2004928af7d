package io.edgecam.picture;

import static java.time.temporal.ChronoField.DAY_OF_WEEK;
import static java.time.temporal.ChronoField.INSTANT_SECONDS;
import static java.time.temporal.IsoFields.WEEK_BASED_YEAR;
import static java.time.temporal.IsoFields.WEEK_OF_WEEK_BASED_YEAR;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A pattern of strftime (POSIX, and {@code %L} for milliseconds), checked and compiled when it is made; names of days and
 * months are English. Immutable, for any number of threads.
 */
public final class Strftime {
    private static final int MAX_CHARACTERS = 256;

    private static final Map<Character, DateTimeFormatter> LETTERS = new TreeMap<>(Map.ofEntries(
            letter('Y', "uuuu"),
            letter('y', "uu"),
            letter('m', "MM"),
            letter('d', "dd"),
            letter('e', "ppd"),
            letter('j', "DDD"),
            letter('H', "HH"),
            letter('I', "hh"),
            letter('p', "a"),
            letter('M', "mm"),
            letter('S', "ss"),
            letter('L', "SSS"),
            letter('a', "EEE"),
            letter('A', "EEEE"),
            letter('b', "MMM"),
            letter('B', "MMMM"),
            letter('Z', "zzz"),
            letter('z', "xx"),
            letter('F', "uuuu-MM-dd"),
            letter('T', "HH:mm:ss"),
            letter('R', "HH:mm"),
            letter('D', "MM/dd/uu"),
            letter('s', new DateTimeFormatterBuilder().appendValue(INSTANT_SECONDS)),
            letter('u', new DateTimeFormatterBuilder().appendValue(DAY_OF_WEEK)),
            letter('V', new DateTimeFormatterBuilder().appendValue(WEEK_OF_WEEK_BASED_YEAR, 2)),
            letter('G', new DateTimeFormatterBuilder().appendValue(WEEK_BASED_YEAR, 4, 10, SignStyle.NORMAL)),
            letter('%', new DateTimeFormatterBuilder().appendLiteral('%'))));

    private final String pattern;
    private final Set<Character> letters = new TreeSet<>();
    private final DateTimeFormatter compiled;

    /** @throws IllegalArgumentException with the rest of a sentence about the pattern if it cannot be used */
    public Strftime(String pattern) {
        if (pattern.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "has " + pattern.length() + " characters, a pattern has at most " + MAX_CHARACTERS);
        }
        this.pattern = pattern;
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '%') {
                i++;
                add(i < pattern.length() ? pattern.substring(i, pattern.offsetByCodePoints(i, 1)) : "", builder);
            } else {
                builder.appendLiteral(pattern.charAt(i));
            }
        }
        this.compiled = builder.toFormatter(Locale.ENGLISH);
    }

    /** What is wrong with a pattern, as the rest of a sentence; empty if nothing is. */
    public static Optional<String> problem(String pattern) {
        try {
            new Strftime(pattern);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    public String pattern() {
        return pattern;
    }

    /** The moment in words, in that zone. */
    public String format(Instant moment, ZoneId zone) {
        return compiled.format(moment.atZone(zone));
    }

    /** The letters of the pattern, without their percent signs. */
    Set<Character> letters() {
        return letters;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Strftime strftime && pattern.equals(strftime.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }

    private void add(String letter, DateTimeFormatterBuilder builder) {
        DateTimeFormatter known = letter.length() == 1 ? LETTERS.get(letter.charAt(0)) : null;
        if (known == null) {
            throw new IllegalArgumentException((letter.isEmpty() ? "ends with a lone %" : "has the unknown %" + letter)
                    + "; known are " + known() + ", and %% for a percent sign");
        }
        builder.append(known);
        letters.add(letter.charAt(0));
    }

    private static String known() {
        return LETTERS.keySet().stream().filter(c -> c != '%').map(c -> "%" + c).collect(Collectors.joining(" "));
    }

    private static Map.Entry<Character, DateTimeFormatter> letter(char letter, String pattern) {
        return letter(letter, new DateTimeFormatterBuilder().appendPattern(pattern));
    }

    /** Each letter is a formatter of its own: in one builder, a number that follows a padded one fails (JDK 17). */
    private static Map.Entry<Character, DateTimeFormatter> letter(char letter, DateTimeFormatterBuilder builder) {
        return Map.entry(letter, builder.toFormatter(Locale.ENGLISH));
    }
}
