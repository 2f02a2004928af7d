package io.edgecam.camera;

import io.edgecam.event.Events;
import io.edgecam.picture.Frame;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.RingSettings;
import io.edgecam.thread.Backoff;
import io.edgecam.thread.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one camera running while someone wants its frames, and the newest frame at hand. For any number of threads.
 *
 * <p>One thread, named after the camera, opens the source, watches it, opens it again after a failure, and closes it when
 * nobody has asked for a frame for a while. The source is read on a second thread that lives as long as the source is
 * open. Every other thread only waits for frames.
 */
public final class Camera implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Camera.class);

    private final String name;
    private final DeviceSettings settings;
    private final FrameSource.Opener opener;
    private final InstantSource clock;
    private final Pace pace;
    private final NewestFrame newest = new NewestFrame();
    private final Ring ring = new Ring();
    private final Demand demand;
    private final Health health;
    private final AtomicLong nextSequence;
    private final Worker worker;

    Camera(
            String name,
            DeviceSettings settings,
            FrameSource.Opener opener,
            Events events,
            InstantSource clock,
            Pace pace,
            long firstSequence) {
        this.name = name;
        this.settings = settings;
        this.opener = opener;
        this.clock = clock;
        this.pace = pace;
        this.demand = new Demand(settings.idleClose());
        this.health = new Health(name, events, clock, pace.blip());
        this.nextSequence = new AtomicLong(firstSequence);
        this.worker = Worker.start("camera-" + name, this::run);
    }

    /** The first frame captured at or after this point of {@link System#nanoTime}; empty if none came in time. */
    public Optional<Frame> frameTakenAfter(long nanos, Duration patience) throws InterruptedException {
        return await(frame -> frame.capturedNanos() - nanos >= 0, patience);
    }

    /** The first frame later than {@code sequence}, which a viewer passes to skip what it has shown; -1 = any. */
    public Optional<Frame> frameAfter(long sequence, Duration patience) throws InterruptedException {
        return await(frame -> frame.sequence() > sequence, patience);
    }

    /** The frame nearest to this point of {@link System#nanoTime} in the past; empty if none of that moment is kept. */
    public Optional<Frame> frameOf(long nanos) {
        return ring.nearest(nanos);
    }

    /** How far back {@link #frameOf} reaches now. */
    public Duration reach() {
        return ring.reach();
    }

    public CameraStatus status() {
        return health.status();
    }

    public CameraFigures figures() {
        return health.figures(newest.age());
    }

    /** Stops reading; whoever waits for a frame is sent away at once. */
    @Override
    public void close() {
        stop();
        worker.close();
    }

    /** Begins to close and waits for nothing. */
    void stop() {
        newest.dismiss();
        worker.stop();
    }

    /** From now on so many of the past frames are kept, and the camera stays open for them. */
    void remember(RingSettings wanted) {
        ring.bound(wanted);
        demand.keepUp(ring.isWanted());
    }

    /** The sequence that the next frame would get. */
    long nextSequence() {
        return nextSequence.get();
    }

    private Optional<Frame> await(Predicate<Frame> goodEnough, Duration patience) throws InterruptedException {
        demand.begin();
        try {
            return newest.await(goodEnough, patience);
        } finally {
            demand.end();
        }
    }

    private void run() throws InterruptedException {
        Backoff backoff = new Backoff(pace.firstPause(), pace.longestPause());
        while (true) {
            awaitDemand();
            long framesBefore = nextSequence();
            health.opening();
            Session session =
                    new Session(name, opener, settings.warmUp(), this::publish, health::damaged, health::warmUp);
            String failure = watchAndClose(session);
            if (failure == null) {
                health.idle();
                log.info("Camera {} closed, nobody is looking", name);
            } else {
                if (nextSequence() > framesBefore) {
                    backoff.reset();
                }
                pause(backoff.next());
            }
            awaitEndOf(session);
        }
    }

    private void awaitDemand() throws InterruptedException {
        while (!demand.await(health.untilTelling())) {
            health.tellLoss();
        }
    }

    /** Why the session failed; null if nobody wanted it any more. */
    private @Nullable String watchAndClose(Session session) throws InterruptedException {
        String failure;
        try {
            failure = watch(session);
            if (failure != null) {
                session.mute();
                lose(failure);
            }
        } finally {
            newest.clear();
            session.close();
            newest.clear();
        }
        return failure;
    }

    private @Nullable String watch(Session session) throws InterruptedException {
        while (demand.exists()) {
            health.tellLoss();
            Duration left = settings.readTimeout().minus(session.silence());
            if (left.isNegative() || left.isZero()) {
                return "gave no frame in " + seconds(settings.readTimeout())
                        + " s (readTimeoutSeconds): is it connected, and not in use elsewhere?";
            }
            String failure = session.awaitFailure(shortest(left, shortest(pace.look(), health.untilTelling())));
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private void publish(FrameSource.Shot shot) {
        Instant capturedAt = clock.instant().minusNanos(System.nanoTime() - shot.capturedNanos());
        Frame frame = new Frame(name, nextSequence.getAndIncrement(), capturedAt, shot.capturedNanos(), shot.image());
        if (health.live(frame)) {
            log.info(
                    "Camera {} is live, {}x{}",
                    name,
                    shot.image().width(),
                    shot.image().height());
        }
        ring.add(frame);
        newest.publish(frame);
    }

    /** Waits before the next try: the whole pause, or less if someone waits for a frame. */
    private void pause(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        long endIfWanted =
                System.nanoTime() + shortest(pause, pace.pauseIfWanted()).toNanos();
        while (System.nanoTime() - end < 0 && !(demand.someoneWaits() && System.nanoTime() - endIfWanted >= 0)) {
            health.tellLoss();
            boolean early = System.nanoTime() - endIfWanted < 0;
            Duration left = Duration.ofNanos((early ? endIfWanted : end) - System.nanoTime());
            Duration wait = shortest(left, health.untilTelling());
            if (early) {
                Thread.sleep(wait.toMillis() + 1);
            } else {
                demand.awaitWaiting(wait);
            }
        }
    }

    /** A source that is stuck still holds its device: no use in opening that again before it lets go. */
    private void awaitEndOf(Session session) throws InterruptedException {
        while (session.isAlive()) {
            health.tellLoss();
            lose("it is stuck in its driver or the network, and tried again when that lets go: unplug the camera,"
                    + " or restart the module");
            Thread.sleep(pace.look().toMillis());
        }
    }

    private void lose(String reason) {
        CameraStatus before = status();
        health.lost(reason);
        if (before.state() != CameraStatus.State.LOST || !before.error().equals(reason)) {
            log.warn("Camera {} lost, it is tried again: {}", name, reason);
        }
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? Long.toString(duration.toSeconds())
                : Double.toString(duration.toMillis() / 1000.0);
    }
}
