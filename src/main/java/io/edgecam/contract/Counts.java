package io.edgecam.contract;

import com.google.gson.JsonObject;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each kind of event happened since the start. For any number of threads. */
public final class Counts {
    private final Map<EventType, LongAdder> counts = new EnumMap<>(EventType.class);

    public Counts() {
        for (EventType type : EventType.values()) {
            counts.put(type, new LongAdder());
        }
    }

    public void count(Event event) {
        LongAdder adder = counts.get(event.type());
        if (adder != null) {
            adder.increment();
        }
    }

    /** By the word of the type. */
    public Map<String, Long> byType() {
        Map<String, Long> sums = new LinkedHashMap<>();
        counts.forEach((type, adder) -> sums.put(type.word(), adder.sum()));
        return sums;
    }

    public JsonObject json() {
        JsonObject json = new JsonObject();
        byType().forEach(json::addProperty);
        return json;
    }
}
