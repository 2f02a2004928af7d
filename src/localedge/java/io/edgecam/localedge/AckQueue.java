package io.edgecam.localedge;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The packets of one connection that were sent with QoS 1 and not acknowledged yet. As in the edge hub, only the oldest of
 * them can be acknowledged: one packet that never is blocks every later one until the next connection. Event loop only.
 */
final class AckQueue {
    private static final int LAST_ID = 65_535;

    private final Deque<Packet> waiting = new ArrayDeque<>();
    private int lastId;

    int add(Runnable acknowledged) {
        do {
            lastId = lastId % LAST_ID + 1;
        } while (isWaiting(lastId));
        waiting.add(new Packet(lastId, acknowledged));
        return lastId;
    }

    /** A packet id for something that is not acknowledged at all. */
    int without() {
        lastId = lastId % LAST_ID + 1;
        return lastId;
    }

    /** Whether the acknowledgement counted. */
    boolean acknowledge(int id) {
        Packet oldest = waiting.peek();
        if (oldest == null || oldest.id() != id) {
            return false;
        }
        waiting.remove();
        oldest.acknowledged().run();
        return true;
    }

    String oldest() {
        Packet oldest = waiting.peek();
        return oldest == null ? "none" : "#" + oldest.id();
    }

    int size() {
        return waiting.size();
    }

    private boolean isWaiting(int id) {
        return waiting.stream().anyMatch(packet -> packet.id() == id);
    }

    private record Packet(int id, Runnable acknowledged) {}
}
