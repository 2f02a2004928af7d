package io.edgecam.ledger;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How many pictures of each camera have found their end, by the file that says so, which may go. For one thread. */
final class Totals {
    private final Map<Path, Map<String, Map<Fate, Integer>>> byFile = new HashMap<>();

    void add(Path file, String camera, Fate fate, int change) {
        byFile.computeIfAbsent(file, any -> new HashMap<>())
                .computeIfAbsent(camera, any -> new EnumMap<>(Fate.class))
                .merge(fate, change, Integer::sum);
    }

    void forget(Path file) {
        byFile.remove(file);
    }

    void clear() {
        byFile.clear();
    }

    int of(String camera, Fate fate) {
        return byFile.values().stream()
                .mapToInt(cameras -> cameras.getOrDefault(camera, Map.of()).getOrDefault(fate, 0))
                .sum();
    }

    Set<String> cameras() {
        Set<String> cameras = new TreeSet<>();
        byFile.values().forEach(one -> cameras.addAll(one.keySet()));
        return cameras;
    }
}
