package io.edgecam.hub;

import io.edgecam.contract.EventJson;
import io.edgecam.event.Event;
import io.edgecam.picture.Trigger;
import io.edgecam.thread.Backoff;
import io.edgecam.thread.Worker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what happens to the cloud, in order and one at a time, by a thread of its own, {@code telemetry}. While the hub
 * is away the newest {@value #CAPACITY} events wait in memory; older ones are dropped and counted.
 */
public final class Telemetry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Telemetry.class);
    private static final int CAPACITY = 1000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final HubLink link;
    private final BlockingDeque<Event> waiting = new LinkedBlockingDeque<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final Worker worker;

    public Telemetry(HubLink link) {
        this.link = link;
        this.worker = Worker.start("telemetry", this::run);
    }

    /** Takes an event to be sent; never waits. */
    public void add(Event event) {
        while (!waiting.offerLast(event)) {
            if (waiting.pollFirst() != null && dropped.incrementAndGet() == 1) {
                log.warn(
                        "The hub is away and {} events wait: from now on the oldest is dropped for each new one",
                        CAPACITY);
            }
        }
    }

    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        worker.close();
    }

    private void run() throws InterruptedException {
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        while (true) {
            Event event = waiting.takeFirst();
            while (!sent(event)) {
                TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
            }
            backoff.reset();
        }
    }

    private boolean sent(Event event) throws InterruptedException {
        if (!link.awaitConnected(LONGEST_PAUSE)) {
            return false;
        }
        try {
            link.send(message(event));
            return true;
        } catch (LinkException e) {
            log.warn("{}; {}", e.getMessage(), e.isHopeless() ? "it is dropped" : "it will be sent again");
            return e.isHopeless();
        }
    }

    private OutgoingMessage message(Event event) {
        Map<String, String> properties = new HashMap<>();
        properties.put("schema", "1");
        properties.put("type", event.type().word());
        event.camera().ifPresent(camera -> properties.put("camera", camera));
        event.trigger().map(Trigger::word).ifPresent(trigger -> properties.put("trigger", trigger));
        return new OutgoingMessage(
                event.type().output().word(),
                event.id(),
                event.correlation(),
                event.time(),
                properties,
                EventJson.of(event, link.identity()));
    }
}
