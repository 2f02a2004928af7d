package io.edgecam.localedge;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * One line for everything that happens, the newest {@value #LINES} of them kept. A line is written after the change it
 * tells of, so it also wakes whoever waits for a change. Event loop only.
 */
final class Journal {
    private static final int LINES = 2000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Loop loop;
    private final Clock clock;
    private final Consumer<String> listener;

    Journal(Loop loop, Clock clock, Consumer<String> listener) {
        this.loop = loop;
        this.clock = clock;
        this.listener = listener;
    }

    void note(String line) {
        String stamped = clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + line;
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.add(stamped);
        listener.accept(stamped);
        loop.changed();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
