package io.edgecam.localedge;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The messages for one identity, in order, one in flight. What is not acknowledged in time is delivered again before
 * anything else; so is what was in flight when the connection ended. Event loop only.
 */
final class Inputs {
    private final World world;
    private final Peer peer;
    private final Deque<Input> waiting = new ArrayDeque<>();
    private @Nullable Input inFlight;
    private Runnable timer = () -> {};

    Inputs(World world, Peer peer) {
        this.world = world;
        this.peer = peer;
    }

    void add(Input input) {
        waiting.add(input);
        next();
    }

    void next() {
        Input input = waiting.peek();
        if (inFlight != null || input == null || !peer.isReachable(input.topic)) {
            return;
        }
        waiting.remove();
        inFlight = input;
        input.deliveries++;
        timer = world.loop().after(world.settings().acknowledgeTimeout(), () -> late(input));
        world.journal().note(peer.name() + " gets " + shown(input) + ", delivery " + input.deliveries);
        peer.push(input.topic, Buffer.buffer(input.body), 1, () -> acknowledged(input));
    }

    void connectionClosed() {
        timer.run();
        Input input = inFlight;
        if (input != null) {
            waiting.addFirst(input);
            inFlight = null;
        }
    }

    /** Forgets what waits and what is in flight. */
    void expire() {
        timer.run();
        waiting.clear();
        inFlight = null;
    }

    int size() {
        return waiting.size() + (inFlight == null ? 0 : 1);
    }

    private void acknowledged(Input input) {
        if (input != inFlight) {
            return;
        }
        timer.run();
        inFlight = null;
        if (world.faults().repeatInput()) {
            waiting.addFirst(input);
            world.journal().note(peer.name() + ": " + shown(input) + " comes once more, as asked");
        } else {
            input.acknowledged = true;
            world.journal().note(peer.name() + " acknowledged " + shown(input));
        }
        next();
    }

    private void late(Input input) {
        if (input == inFlight) {
            inFlight = null;
            waiting.addFirst(input);
            world.journal().note(peer.name() + " did not acknowledge " + shown(input) + " in time");
            next();
        }
    }

    private static String shown(Input input) {
        return input.topic.length() > 120 ? input.topic.substring(0, 120) + "…" : input.topic;
    }
}
