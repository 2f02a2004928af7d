package io.edgecam.localedge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The subscriptions of one identity; they outlive a connection until they are forgotten. Event loop only. */
final class Session {
    private final Map<String, Integer> qosByFilter = new LinkedHashMap<>();

    void add(String filter, int qos) {
        qosByFilter.put(filter, qos);
    }

    void remove(String filter) {
        qosByFilter.remove(filter);
    }

    void forget() {
        qosByFilter.clear();
    }

    boolean isKnown() {
        return !qosByFilter.isEmpty();
    }

    Set<String> filters() {
        return Set.copyOf(qosByFilter.keySet());
    }

    /** The best QoS that was granted for a topic; empty when nobody asked for it. */
    OptionalInt qos(String topic) {
        return qosByFilter.entrySet().stream()
                .filter(entry -> matches(entry.getKey(), topic))
                .mapToInt(Map.Entry::getValue)
                .max();
    }

    private static boolean matches(String filter, String topic) {
        return filter.endsWith("#") ? topic.startsWith(filter.substring(0, filter.length() - 1)) : filter.equals(topic);
    }
}
