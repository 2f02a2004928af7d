package io.edgecam.localedge;

import java.time.Duration;
import java.util.Optional;

/** A message on its way to a module or device; any thread may ask how it fares. */
public final class Input {
    final String topic;
    final byte[] body;
    int deliveries;
    boolean acknowledged;
    private final Loop loop;

    Input(Loop loop, String topic, byte[] body) {
        this.loop = loop;
        this.topic = topic;
        this.body = body;
    }

    /** How often it was handed to the module so far. */
    public int deliveries() {
        return loop.ask(() -> deliveries);
    }

    /** Whether the module's acknowledgement counted. */
    public boolean acknowledged() {
        return loop.ask(() -> acknowledged);
    }

    public Input awaitAcknowledged(Duration patience) {
        loop.await(
                "the acknowledgement of " + topic, patience, () -> acknowledged ? Optional.of(this) : Optional.empty());
        return this;
    }

    public Input awaitDeliveries(int count, Duration patience) {
        loop.await(
                count + " deliveries of " + topic,
                patience,
                () -> deliveries >= count ? Optional.of(this) : Optional.empty());
        return this;
    }
}
