package io.edgecam.storage;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.picture.Picture;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and tells every picture that will not arrive, with the reason. For any number of threads. */
final class Losses {
    private static final Logger log = LoggerFactory.getLogger(Losses.class);

    private final Events events;
    private final InstantSource clock;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong setAside = new AtomicLong();
    private final AtomicBoolean full = new AtomicBoolean();

    Losses(Events events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /** The spool is full; told once until there is room again. */
    void full(String sentence) {
        if (full.compareAndSet(false, true)) {
            log.warn("{}", sentence);
            events.tell(Event.of(EventType.SPOOL_FULL, clock.instant(), Map.of("reason", sentence)));
        }
    }

    void roomAgain() {
        if (full.compareAndSet(true, false)) {
            log.info("The spool has room again, {} pictures were dropped since the start", dropped);
        }
    }

    boolean isFull() {
        return full.get();
    }

    void dropped(Picture picture, String reason) {
        dropped.incrementAndGet();
        events.tell(Event.ofPicture(EventType.PICTURE_DROPPED, clock.instant(), picture, Map.of("reason", reason)));
    }

    /** A picture that is no longer tried. */
    void failed(Picture picture, String reason) {
        setAside.incrementAndGet();
        log.error("Picture {} ({}) is set aside: {}", picture.id(), picture.blobName(), reason);
        events.tell(Event.ofPicture(EventType.PICTURE_FAILED, clock.instant(), picture, Map.of("reason", reason)));
    }

    /** A file of the spool that does not even tell which picture it was. */
    void damaged(String file, String reason) {
        setAside.incrementAndGet();
        log.error("Spool file {} is set aside: {}", file, reason);
        events.tell(Event.of(
                EventType.PICTURE_FAILED,
                clock.instant(),
                Map.of("reason", "spool file " + file + " " + reason, "file", file)));
    }

    long droppedCount() {
        return dropped.get();
    }

    long setAsideCount() {
        return setAside.get();
    }
}
