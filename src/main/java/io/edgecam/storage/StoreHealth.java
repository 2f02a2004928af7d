package io.edgecam.storage;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one part of storing pictures stands; tells and logs changes only. For any number of threads. */
final class StoreHealth {
    private static final Logger log = LoggerFactory.getLogger(StoreHealth.class);

    private final String subject;
    private final Events events;
    private final InstantSource clock;
    private StorageStatus status;
    private String code = "";
    private String toldCode = "";

    /** @param subject what it is about: {@code pictures} */
    StoreHealth(String subject, Events events, InstantSource clock) {
        this.subject = subject;
        this.events = events;
        this.clock = clock;
        this.status = new StorageStatus(StorageStatus.State.OK, "", clock.instant());
    }

    /** An operator must do something. */
    void blocked(String newCode, String sentence) {
        synchronized (this) {
            become(StorageStatus.State.BLOCKED, newCode, sentence);
            if (newCode.equals(toldCode)) {
                return;
            }
            toldCode = newCode;
        }
        tell(EventType.STORAGE_BLOCKED, newCode, sentence);
    }

    /** It heals by itself, in time. */
    synchronized void offline(String newCode, String sentence) {
        become(StorageStatus.State.OFFLINE, newCode, sentence);
    }

    /** It works; an operator hears of that only after having heard that it did not. */
    void well() {
        String healed;
        synchronized (this) {
            become(StorageStatus.State.OK, "", "");
            healed = toldCode;
            toldCode = "";
        }
        if (!healed.isEmpty()) {
            tell(EventType.STORAGE_RESTORED, healed, subject + " can be stored again");
        }
    }

    /** Nothing is known any more: there are new settings. */
    synchronized void untried() {
        become(StorageStatus.State.OK, "", "");
    }

    synchronized StorageStatus status() {
        return status;
    }

    private void become(StorageStatus.State state, String newCode, String sentence) {
        boolean same = state == status.state() && newCode.equals(code);
        if (!same) {
            if (state == StorageStatus.State.OK) {
                log.info("Storing {}: ok", subject);
            } else {
                log.warn("Storing {}: {}: {}", subject, state.word(), sentence);
            }
        }
        code = newCode;
        status = new StorageStatus(state, sentence, state == status.state() ? status.since() : clock.instant());
    }

    private void tell(EventType type, String about, String sentence) {
        events.tell(Event.of(type, clock.instant(), Map.of("code", about, "reason", sentence, "subject", subject)));
    }
}
