package io.edgecam.settings;

import io.edgecam.json.Fields;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;

/**
 * When pictures are taken by the clock, aligned to the epoch.
 *
 * @param interval zero = never
 * @param fromMinute minute of the day from which on
 * @param untilMinute minute of the day until which, up to 1440
 */
public record ScheduleSettings(
        Duration interval, Duration offset, Set<DayOfWeek> days, int fromMinute, int untilMinute, ZoneId timezone) {
    public ScheduleSettings {
        days = Set.copyOf(days);
    }

    private static final int WEEK_SECONDS = 7 * 24 * 3600;
    private static final Duration SHORTEST = Duration.ofMillis(100);

    static ScheduleSettings read(Fields in) {
        ScheduleSettings schedule = new ScheduleSettings(
                in.seconds("intervalSeconds", 0, 0, WEEK_SECONDS, "a picture so often, at least 0.1; 0 = off"),
                in.seconds(
                        "offsetSeconds", 0, 0, WEEK_SECONDS, "so long after the full interval; less than the interval"),
                in.text("days", "mon-sun", Weekdays.KIND, "days with pictures", Weekdays::read),
                in.text("from", "00:00", TimesOfDay.KIND, "pictures from then on", TimesOfDay::minute),
                in.text(
                        "until",
                        "24:00",
                        TimesOfDay.KIND,
                        "and until then; before from = over midnight",
                        TimesOfDay::minute),
                in.text("timezone", "UTC", TimeZones.KIND, "of days and times", TimeZones::read));
        schedule.check(in);
        return schedule;
    }

    private void check(Fields in) {
        if (!interval.isZero() && interval.compareTo(SHORTEST) < 0) {
            in.refuse("intervalSeconds", "must be 0 for off, or at least 0.1");
        }
        if (!interval.isZero() && offset.compareTo(interval) >= 0) {
            in.refuse("offsetSeconds", "must be less than intervalSeconds");
        }
        if (fromMinute == untilMinute) {
            in.refuse(
                    "until",
                    "is the same as from, so there would never be a picture; all day is from 00:00 until 24:00");
        }
    }
}
