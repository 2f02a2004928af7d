package io.edgecam.camera;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.picture.Frame;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * How a camera is, and what is told of it: that it was lost, once that has lasted a while, and that it was found again.
 * For any number of threads; events are told on the caller's, outside the lock.
 */
final class Health {
    private final String camera;
    private final Events events;
    private final InstantSource clock;
    private final long blipNanos;
    private final Rate rate = new Rate();

    private CameraStatus.State state = CameraStatus.State.IDLE;
    private Instant since;
    private long lostNanos;
    private boolean toldLost;
    private String error = "";
    private int width;
    private int height;
    private long frames;
    private long damaged;
    private long warmUp;
    private long openingSinceNanos;
    private boolean isOpening;
    private long opens;
    private Optional<Duration> opening = Optional.empty();

    /** @param blip a loss that is over sooner than this is not told */
    Health(String camera, Events events, InstantSource clock, Duration blip) {
        this.camera = camera;
        this.events = events;
        this.clock = clock;
        this.blipNanos = blip.toNanos();
        this.since = clock.instant();
    }

    /** From now on it is being opened. */
    synchronized void opening() {
        isOpening = true;
        openingSinceNanos = System.nanoTime();
    }

    /** A frame came; whether it is the first one since the camera was idle or lost. */
    boolean live(Frame frame) {
        long lostFor;
        boolean found;
        boolean first;
        synchronized (this) {
            first = state != CameraStatus.State.LIVE;
            frames++;
            if (isOpening) {
                isOpening = false;
                opens++;
                opening = Optional.of(Duration.ofNanos(System.nanoTime() - openingSinceNanos));
            }
            width = frame.image().width();
            height = frame.image().height();
            rate.add(System.nanoTime());
            lostFor = System.nanoTime() - lostNanos;
            found = toldLost;
            toldLost = false;
            become(CameraStatus.State.LIVE, "");
        }
        if (found) {
            double seconds = Duration.ofNanos(lostFor).toMillis() / 1000.0;
            tell(EventType.CAMERA_FOUND, clock.instant(), Map.of("lostSeconds", seconds));
        }
        return first;
    }

    /** So many more images were thrown away because they were damaged. */
    synchronized void damaged(long more) {
        damaged += more;
    }

    /** A frame was thrown away because the camera had just been opened. */
    synchronized void warmUp() {
        warmUp++;
    }

    /** It was closed because nobody wanted it. One that was lost stays so: it has not shown that it is well. */
    synchronized void idle() {
        if (state == CameraStatus.State.LIVE) {
            become(CameraStatus.State.IDLE, "");
        }
    }

    synchronized void lost(String reason) {
        if (state != CameraStatus.State.LOST) {
            lostNanos = System.nanoTime();
        }
        become(CameraStatus.State.LOST, reason);
    }

    /** Tells of a loss that has lasted long enough and was not told yet. */
    void tellLoss() {
        Instant lostSince;
        String reason;
        synchronized (this) {
            if (!untilTelling().isZero()) {
                return;
            }
            toldLost = true;
            lostSince = since;
            reason = error;
        }
        tell(EventType.CAMERA_LOST, lostSince, Map.of("reason", reason));
    }

    /** How long until {@link #tellLoss} has something to tell; a very long time if nothing is under way. */
    synchronized Duration untilTelling() {
        if (state != CameraStatus.State.LOST || toldLost) {
            return Duration.ofDays(1);
        }
        return Duration.ofNanos(Math.max(0, lostNanos + blipNanos - System.nanoTime()));
    }

    synchronized CameraStatus status() {
        double perSecond = state == CameraStatus.State.LIVE ? rate.perSecond() : 0;
        return new CameraStatus(state, since, width, height, error, frames, perSecond, damaged);
    }

    /** @param age of the newest frame */
    synchronized CameraFigures figures(Optional<Duration> age) {
        return new CameraFigures(frames, damaged, warmUp, opens, opening, age);
    }

    private void become(CameraStatus.State next, String nextError) {
        if (state != next) {
            state = next;
            since = clock.instant();
            if (next != CameraStatus.State.LIVE) {
                rate.clear();
            }
        }
        error = nextError;
    }

    private void tell(EventType type, Instant time, Map<String, Object> details) {
        events.tell(Event.ofCamera(type, time, camera, details));
    }
}
