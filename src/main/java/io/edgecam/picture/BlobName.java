package io.edgecam.picture;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule for names of blobs and files: plain enough for Azure, for a URL without escapes and for every file system, and
 * never a way out of a folder. Has no state, for any number of threads.
 */
public final class BlobName {
    /** The most characters of a blob's name in Azure. */
    public static final int MAX_CHARACTERS = 1024;

    /** The most parts between slashes in Azure. */
    public static final int MAX_SEGMENTS = 254;

    /** Takes the place of a value that is empty. */
    static final String NOTHING = "none";

    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9._/=-]");
    private static final Pattern UNFIT_IN_VALUE = Pattern.compile("[^A-Za-z0-9._=-]|^\\.|\\.$|\\.(?=\\.)|(?<=\\.)\\.");

    private BlobName() {}

    /** What is wrong with a name, as the rest of a sentence; empty if nothing is. */
    public static Optional<String> problem(String name) {
        Matcher unfit = UNFIT.matcher(name);
        if (unfit.find()) {
            return Optional.of("gives a name with a " + shown(name.codePointAt(unfit.start()))
                    + "; names have only letters A to Z, digits and . _ = - /");
        }
        if (name.isEmpty() || name.length() > MAX_CHARACTERS) {
            return Optional.of("gives a name of " + name.length() + " characters, names have 1 to " + MAX_CHARACTERS);
        }
        if (name.startsWith("/") || name.endsWith("/") || name.contains("//")) {
            return Optional.of("gives a name with an empty part: no / at the start, at the end or beside another /");
        }
        if (name.contains("..") || name.contains("./") || name.endsWith(".")) {
            return Optional.of("gives a name with two dots in a row or a dot at the end of a part");
        }
        int segments = name.split("/", -1).length;
        return segments > MAX_SEGMENTS
                ? Optional.of("gives a name of " + segments + " parts, names have at most " + MAX_SEGMENTS)
                : Optional.empty();
    }

    /** Text of anybody as a value within a name: cut to a length, what is unfit becomes {@code _}. */
    static String value(String text, int maxCharacters) {
        String cut = text.substring(0, Math.min(text.length(), maxCharacters));
        return cut.isEmpty() ? NOTHING : UNFIT_IN_VALUE.matcher(cut).replaceAll("_");
    }

    private static String shown(int character) {
        return character == ' '
                ? "space"
                : character > ' ' && character < 127
                        ? "'" + (char) character + "'"
                        : String.format(Locale.ROOT, "character U+%04X", character);
    }
}
