package io.edgecam.json;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How constants are written in JSON: {@code OVERWRITE_OLDEST} is {@code overwriteOldest}. For any number of threads. */
public final class Words {
    private Words() {}

    public static String of(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().split("_", -1)) {
            String small = part.toLowerCase(Locale.ROOT);
            word.append(word.isEmpty() ? small : part.charAt(0) + small.substring(1));
        }
        return word.toString();
    }

    static <E extends Enum<E>> List<String> all(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    }
}
