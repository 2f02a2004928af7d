package io.edgecam.settings;

import io.edgecam.json.Exact;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times of the day as the minute of the day. Has no state, for any number of threads. */
final class TimesOfDay {
    static final String KIND = "a time from 00:00 to 24:00";

    private static final int MINUTES = 60;
    private static final int LAST = 24 * MINUTES;
    private static final Pattern TIME = Pattern.compile("([0-9]{2}):([0-5][0-9])");

    private TimesOfDay() {}

    static int minute(String text) {
        Matcher time = TIME.matcher(text);
        int minute =
                time.matches() ? Integer.parseInt(time.group(1)) * MINUTES + Integer.parseInt(time.group(2)) : LAST + 1;
        if (minute > LAST) {
            throw new IllegalArgumentException(
                    "must be " + KIND + ", written with two digits each, not " + Exact.quoted(text));
        }
        return minute;
    }
}
