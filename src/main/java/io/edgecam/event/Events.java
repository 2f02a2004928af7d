package io.edgecam.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where things that happen are told, and heard by whoever asked to. For any number of threads; a listener is called on
 * the teller's thread and only takes note.
 */
public final class Events {
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();

    public void listen(Consumer<Event> listener) {
        listeners.add(listener);
    }

    public void tell(Event event) {
        listeners.forEach(listener -> listener.accept(event));
    }
}
