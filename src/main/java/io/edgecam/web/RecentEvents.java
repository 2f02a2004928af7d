package io.edgecam.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The last things that happened, for the page; heartbeats are none of them. Whoever hears of them remembers the number of
 * the last one heard, and misses some if it is slow. For any number of threads, none of which waits for long.
 */
public final class RecentEvents {
    private static final int KEPT = 100;

    private final Function<Event, JsonObject> wording;
    private final Deque<Happening> oldestFirst = new ArrayDeque<>();
    private final List<Runnable> bells = new CopyOnWriteArrayList<>();
    private long last;

    /** @param wording an event in JSON */
    public RecentEvents(Function<Event, JsonObject> wording) {
        this.wording = wording;
    }

    public void add(Event event) {
        if (event.type().output() == EventType.Output.STATUS) {
            return;
        }
        JsonObject json = wording.apply(event);
        synchronized (this) {
            last++;
            oldestFirst.addLast(new Happening(last, json));
            if (oldestFirst.size() > KEPT) {
                oldestFirst.removeFirst();
            }
        }
        bells.forEach(Runnable::run);
    }

    /** At most so many, newest first. */
    synchronized JsonArray newest(int limit) {
        JsonArray list = new JsonArray();
        Iterator<Happening> newestFirst = oldestFirst.descendingIterator();
        while (newestFirst.hasNext() && list.size() < limit) {
            list.add(newestFirst.next().json());
        }
        return list;
    }

    /** The number of the newest, 0 = there is none. */
    synchronized long last() {
        return last;
    }

    /** The first that is later than this number. */
    synchronized Optional<Happening> after(long number) {
        if (number >= last) {
            return Optional.empty();
        }
        return oldestFirst.stream().filter(one -> one.number() > number).findFirst();
    }

    /** @param bell is run after each event, on the thread that told it, until {@link #forget} */
    void ring(Runnable bell) {
        bells.add(bell);
    }

    void forget(Runnable bell) {
        bells.remove(bell);
    }

    /** @param json never changed */
    record Happening(long number, JsonObject json) {}
}
