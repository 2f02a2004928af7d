package io.edgecam.localedge.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, closed in the opposite order; once. For any number of threads. */
final class Stage implements AutoCloseable {
    private final Deque<AutoCloseable> things = new ArrayDeque<>();
    private volatile boolean closing;

    synchronized <T extends AutoCloseable> T add(T thing) {
        things.push(thing);
        return thing;
    }

    boolean isClosing() {
        return closing;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public synchronized void close() {
        closing = true;
        while (!things.isEmpty()) {
            try {
                things.pop().close();
            } catch (Exception e) {
                System.err.println("demo: " + e);
            }
        }
    }
}
