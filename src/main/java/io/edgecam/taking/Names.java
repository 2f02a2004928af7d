package io.edgecam.taking;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Sees to it that no two pictures get the same name, even when two orders got the same frame. Remembers the last names
 * only: older ones differ by their time. For any number of threads.
 */
final class Names {
    private static final int REMEMBERED = 1000;

    private final Set<String> given = new LinkedHashSet<>();

    /** The name itself, or the name with a number before its ending if it was given before. */
    synchronized String unique(String name) {
        String free = name;
        for (int number = 2; !given.add(free); number++) {
            free = numbered(name, number);
        }
        if (given.size() > REMEMBERED) {
            given.remove(given.iterator().next());
        }
        return free;
    }

    private static String numbered(String name, int number) {
        return marked(name, String.valueOf(number));
    }

    /** The name with a dash and a mark before its ending. */
    static String marked(String name, String mark) {
        int dot = name.lastIndexOf('.');
        int end = dot > name.lastIndexOf('/') ? dot : name.length();
        return name.substring(0, end) + "-" + mark + name.substring(end);
    }
}
