package io.edgecam.ledger;

import io.edgecam.picture.Trigger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What has happened since the start of the module, by camera, trigger and fate; it only grows. For any number of threads. */
public final class Tally {
    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void add(Fate fate, Line line) {
        counts.computeIfAbsent(new Key(line.camera(), line.trigger(), fate), any -> new LongAdder())
                .increment();
    }

    /** Everything that has happened at least once, by camera, trigger and fate. */
    public List<Count> all() {
        return counts.entrySet().stream()
                .map(one -> new Count(
                        one.getKey().camera(),
                        one.getKey().trigger(),
                        one.getKey().fate(),
                        one.getValue().sum()))
                .sorted(Comparator.comparing(Count::camera)
                        .thenComparing(Count::trigger)
                        .thenComparing(Count::fate))
                .toList();
    }

    /** How often this has happened to pictures of a camera, whatever their trigger. */
    public long of(String camera, Fate fate) {
        return all().stream()
                .filter(count -> count.camera().equals(camera) && count.fate() == fate)
                .mapToLong(Count::number)
                .sum();
    }

    /** One number. */
    public record Count(String camera, Trigger trigger, Fate fate, long number) {}

    private record Key(String camera, Trigger trigger, Fate fate) {}
}
