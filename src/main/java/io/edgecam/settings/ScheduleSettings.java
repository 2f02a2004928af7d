package io.edgecam.settings;

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
}
