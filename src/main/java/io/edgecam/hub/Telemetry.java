package io.edgecam.hub;

import io.edgecam.contract.EventJson;
import io.edgecam.event.Event;
import io.edgecam.picture.Trigger;
import io.edgecam.thread.Backoff;
import io.edgecam.thread.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what happens to the cloud, in order and one at a time. What cannot be sent is kept in files beside the spool. Taking
 * an event never waits for a disk or the hub: one thread, {@code telemetry-outbox}, puts events in order, another one,
 * {@code telemetry}, sends them.
 */
public final class Telemetry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Telemetry.class);
    private static final String FOLDER = "telemetry";
    private static final int ARRIVALS = 1000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final HubLink link;
    private final BlockingQueue<Event> arrivals = new LinkedBlockingQueue<>(ARRIVALS);
    private final AtomicLong turnedAway = new AtomicLong();
    private final Outbox outbox = new Outbox(Outbox.Bounds.USUAL);
    private final Worker keeper;
    private final Worker sender;

    public Telemetry(HubLink link) {
        this.link = link;
        this.keeper = Worker.start("telemetry-outbox", this::keep);
        this.sender = Worker.start("telemetry", this::send);
    }

    /** From now on events that cannot be sent are kept in this spool's folder. */
    public void apply(Path spool) {
        outbox.open(spool.resolve(FOLDER));
    }

    /** Takes an event to be sent; never waits. */
    public void add(Event event) {
        if (!arrivals.offer(event) && turnedAway.incrementAndGet() == 1) {
            log.warn("The disk for events does not answer: those that come now are dropped");
        }
    }

    /** How many events were dropped for newer ones. */
    public long dropped() {
        return outbox.dropped() + turnedAway.get();
    }

    /** How many events wait in memory to be sent. */
    public long waiting() {
        return (long) arrivals.size() + outbox.waiting();
    }

    /** How many files with up to 64 KB of events wait for the hub. */
    public long waitingFiles() {
        return outbox.files();
    }

    /** What could not be sent is kept for the next run. */
    @Override
    public void close() {
        sender.close();
        keeper.close();
        for (Event event = arrivals.poll(); event != null; event = arrivals.poll()) {
            outbox.add(message(event));
        }
        outbox.close();
    }

    private void keep() throws InterruptedException {
        while (true) {
            outbox.add(message(arrivals.take()));
        }
    }

    private void send() throws InterruptedException {
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        while (true) {
            OutgoingMessage message = outbox.oldest();
            if (!link.awaitConnected(Duration.ZERO)) {
                outbox.keep();
                link.awaitConnected(LONGEST_PAUSE);
            } else if (isDoneWith(message)) {
                outbox.remove(message);
                backoff.reset();
            } else {
                outbox.keep();
                TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
            }
        }
    }

    /** Sends it; true if it arrived, or never will. */
    private boolean isDoneWith(OutgoingMessage message) throws InterruptedException {
        try {
            link.send(message);
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
