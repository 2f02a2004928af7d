package io.edgecam.hub;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.thread.Worker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A sign of life at fixed intervals, by a thread of its own, {@code heartbeat}. Changed by one thread. */
public final class Heartbeat implements AutoCloseable {
    private final Supplier<Map<String, Object>> details;
    private final Events events;
    private final InstantSource clock;
    private Duration interval = Duration.ZERO;
    private @Nullable Worker worker;

    public Heartbeat(Supplier<Map<String, Object>> details, Events events, InstantSource clock) {
        this.details = details;
        this.events = events;
        this.clock = clock;
    }

    /** Beats at this interval from now on; zero = not at all. */
    public void apply(Duration wanted) {
        if (wanted.equals(interval)) {
            return;
        }
        close();
        interval = wanted;
        if (!wanted.isZero()) {
            worker = Worker.start("heartbeat", () -> run(wanted));
        }
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
            worker = null;
        }
    }

    private void run(Duration every) throws InterruptedException {
        while (true) {
            TimeUnit.NANOSECONDS.sleep(every.toNanos());
            events.tell(Event.of(EventType.HEARTBEAT, clock.instant(), details.get()));
        }
    }
}
