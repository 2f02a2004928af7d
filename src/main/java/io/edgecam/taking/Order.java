package io.edgecam.taking;

import io.edgecam.picture.Trigger;
import java.time.Duration;
import java.util.Optional;

/**
 * A wish for pictures.
 *
 * @param camera its name, {@code *} for all; empty = the only one there is
 * @param count how many of each camera, at least 1
 * @param interval between one and the next; zero = one frame after the other
 * @param past the moment before the order whose frame is wanted; empty = a frame captured after the order
 * @param label a word for the pictures' names and records
 * @param text words for the stamp; empty = none
 * @param waitFor when the answer is due
 * @param timeout by when there is an answer, whatever came of the order
 * @param orderedNanos when it was given, on the scale of {@link System#nanoTime}
 */
public record Order(
        Trigger trigger,
        Optional<String> camera,
        int count,
        Duration interval,
        Optional<Past> past,
        Optional<String> label,
        String text,
        WaitFor waitFor,
        Duration timeout,
        long orderedNanos) {
    public static final String ALL = "*";
    public static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(20);

    /** One picture of the only camera, with everything as usual. */
    public static Order plain(Trigger trigger) {
        return new Order(
                trigger,
                Optional.empty(),
                1,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                "",
                WaitFor.UPLOADED,
                STANDARD_TIMEOUT,
                System.nanoTime());
    }

    /** The same order, for the frame of an earlier moment where that is kept. */
    public Order preferring(Duration age) {
        return new Order(
                trigger,
                camera,
                count,
                interval,
                Optional.of(new Past(age, false)),
                label,
                text,
                waitFor,
                timeout,
                orderedNanos);
    }

    /** When the frame of a round is to be captured, on the scale of {@link System#nanoTime}. */
    long moment(int round) {
        long sinceOrder = round * interval.toNanos();
        return past.filter(wanted -> wanted.must() || round == 0)
                .map(wanted -> orderedNanos + sinceOrder - wanted.age().toNanos())
                .orElse(orderedNanos + sinceOrder);
    }

    /** What is left of the time-out; never negative. */
    Duration left() {
        long nanos = timeout.toNanos() - (System.nanoTime() - orderedNanos);
        return Duration.ofNanos(Math.max(0, nanos));
    }

    /**
     * A moment before the order.
     *
     * @param age how long before it
     * @param must whether nothing else will do; if not, and no frame of that moment is kept, a frame captured after the
     *     order is taken
     */
    public record Past(Duration age, boolean must) {
        /** Longer ago than any camera remembers, and still within the scale of {@link System#nanoTime}. */
        private static final Duration OLDEST = Duration.ofDays(36_525);

        public Past {
            age = age.compareTo(OLDEST) > 0 ? OLDEST : age;
        }
    }

    /** What must be true of the pictures before they are answered with, as long as the time-out allows. */
    public enum WaitFor {
        SPOOLED,
        UPLOADED
    }
}
