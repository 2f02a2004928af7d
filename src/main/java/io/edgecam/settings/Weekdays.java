package io.edgecam.settings;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads days of the week: {@code mon-fri}, {@code mon,wed,fri}, {@code fri-mon}. Has no state, for any number of threads. */
final class Weekdays {
    static final String KIND = "days such as mon-fri or mon,wed,fri";

    private static final List<String> WORDS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private Weekdays() {}

    static Set<DayOfWeek> read(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            DayOfWeek last = day(ends[ends.length - 1]);
            DayOfWeek day = day(ends[0]);
            if (ends.length > 2) {
                throw unusable();
            }
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String word) {
        int place = WORDS.indexOf(word);
        if (place < 0) {
            throw unusable();
        }
        return DayOfWeek.of(place + 1);
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "must be days out of " + WORDS + ", as a span mon-fri or a list mon,wed,fri");
    }
}
