package io.edgecam.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Listens to everything that is told. */
final class Told {
    private final Events events = new Events();
    private final List<Event> heard = new CopyOnWriteArrayList<>();
    private final Semaphore more = new Semaphore(0);

    Told() {
        events.listen(event -> {
            heard.add(event);
            more.release();
        });
    }

    Events events() {
        return events;
    }

    List<Event> all(EventType type) {
        return heard.stream().filter(event -> event.type() == type).toList();
    }

    /** Waits until so many of this type were told. */
    List<Event> await(EventType type, int count) throws InterruptedException {
        while (all(type).size() < count) {
            assertThat(more.tryAcquire(20, TimeUnit.SECONDS))
                    .as("event %s number %d, so far %s", type, count, heard)
                    .isTrue();
        }
        return all(type);
    }
}
