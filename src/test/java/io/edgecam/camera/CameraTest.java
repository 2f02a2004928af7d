package io.edgecam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.picture.Frame;
import io.edgecam.settings.RingSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CameraTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final PlayedCamera device = new PlayedCamera(Pictures.small());
    private final BlockingQueue<Event> told = new LinkedBlockingQueue<>();
    private Optional<Camera> camera = Optional.empty();

    @AfterEach
    void stop() {
        device.release();
        camera.ifPresent(Camera::close);
    }

    @Test
    void staysClosedUntilSomeoneAsks() throws Exception {
        Camera front = camera(KEPT);
        assertThat(front.status().state()).isEqualTo(CameraStatus.State.IDLE);

        assertThat(front.frameAfter(-1, SOON)).isPresent();

        assertThat(device.timesOpened()).isEqualTo(1);
        assertThat(front.status().state()).isEqualTo(CameraStatus.State.LIVE);
        assertThat(front.status().width()).isEqualTo(64);
    }

    @Test
    void opensByItselfWhenItShallNeverClose() throws Exception {
        camera(Duration.ZERO);

        device.awaitOpened();
    }

    @Test
    void closesWhenNobodyLooksAndOpensForTheNextViewer() throws Exception {
        Camera front = camera(Duration.ofMillis(50));
        Frame first = front.frameAfter(-1, SOON).orElseThrow();
        device.awaitClosed();

        Frame second = front.frameAfter(-1, SOON).orElseThrow();

        assertThat(device.timesOpened()).isEqualTo(2);
        assertThat(second.sequence()).isGreaterThan(first.sequence());
    }

    @Test
    void staysOpenAndRemembersWhileThePastIsWanted() throws Exception {
        Camera front = camera(Duration.ofMillis(50));
        front.remember(new RingSettings(Duration.ofMinutes(1), 1024 * 1024));
        device.awaitOpened();
        Frame first = front.frameAfter(-1, SOON).orElseThrow();
        assertThat(front.frameAfter(first.sequence() + 20, SOON)).isPresent();

        assertThat(front.frameOf(first.capturedNanos()).map(Frame::sequence)).contains(first.sequence());
        assertThat(device.timesOpened()).isEqualTo(1);

        front.remember(RingSettings.NONE);
        device.awaitClosed();
        assertThat(front.frameOf(first.capturedNanos())).isEmpty();
    }

    @Test
    void staysOpenForOneWhoWaitsLongerThanItIsKept() throws Exception {
        Camera front = camera(Duration.ofMillis(50));
        device.fallSilent();
        CompletableFuture<Optional<Frame>> frame = CompletableFuture.supplyAsync(() -> {
            try {
                return front.frameAfter(-1, SOON);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        device.awaitOpened();

        assertThat(front.frameAfter(-1, MOMENT)).isEmpty();
        device.plugIn();
        front.close();

        assertThat(frame.get()).isEmpty();
        assertThat(device.timesOpened()).isEqualTo(1);
    }

    @Test
    void givesNoFrameThatWasTakenBeforeTheOrder() throws Exception {
        Camera front = camera(KEPT);
        device.lagBy(TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(front.frameAfter(-1, SOON)).isPresent();

        long order = System.nanoTime();
        Frame frame = front.frameTakenAfter(order, SOON).orElseThrow();

        assertThat(frame.capturedNanos() - order).isGreaterThanOrEqualTo(0);
    }

    @Test
    void givesNothingWhenFramesAreAlwaysTooOld() throws Exception {
        Camera front = camera(KEPT);
        device.lagBy(TimeUnit.HOURS.toNanos(1));

        assertThat(front.frameTakenAfter(System.nanoTime(), MOMENT)).isEmpty();
    }

    @Test
    void tellsWhenAFrameWasTakenByTheClock() throws Exception {
        device.lagBy(TimeUnit.SECONDS.toNanos(3));

        Frame frame = camera(KEPT).frameAfter(-1, SOON).orElseThrow();

        assertThat(frame.capturedAt()).isBetween(NOON.minusSeconds(10), NOON.minusSeconds(3));
    }

    @Test
    void skipsTheFramesOfTheWarmUp() throws Exception {
        long start = System.nanoTime();
        Camera front = camera(Duration.ofMillis(400), SOON, KEPT, quick(Duration.ZERO));

        Frame frame = front.frameAfter(-1, SOON).orElseThrow();

        assertThat(frame.capturedNanos() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(390));
        assertThat(frame.sequence()).isZero();
    }

    @Test
    void saysWhyItIsLostAndIsFoundAgain() throws Exception {
        Camera front = camera(Duration.ZERO);
        Frame before = front.frameAfter(-1, SOON).orElseThrow();
        device.unplug("/dev/video9 is gone");

        Event lost = told.take();
        assertThat(lost.type()).isEqualTo(EventType.CAMERA_LOST);
        assertThat(lost.camera()).contains("front");
        assertThat(lost.details()).containsEntry("reason", "/dev/video9 is gone");
        assertThat(front.status().state()).isEqualTo(CameraStatus.State.LOST);
        assertThat(front.status().error()).isEqualTo("/dev/video9 is gone");
        assertThat(front.frameAfter(-1, Duration.ZERO)).isEmpty();

        device.plugIn();
        assertThat(told.take().type()).isEqualTo(EventType.CAMERA_FOUND);
        Frame after = front.frameAfter(before.sequence(), SOON).orElseThrow();
        assertThat(after.sequence()).isGreaterThan(before.sequence());
        assertThat(front.status().error()).isEmpty();
    }

    @Test
    void keepsQuietAboutABlip() throws Exception {
        Camera front = camera(Duration.ZERO, SOON, Duration.ZERO, quick(Duration.ofMinutes(5)));
        Frame before = front.frameAfter(-1, SOON).orElseThrow();
        device.awaitOpened();
        device.unplug("loose contact");
        device.awaitClosed();
        device.plugIn();
        device.awaitOpened();

        assertThat(front.frameAfter(before.sequence() + 1, SOON)).isPresent();
        assertThat(told).isEmpty();
    }

    @Test
    void opensASilentCameraAnew() throws Exception {
        Camera front = camera(Duration.ZERO, MOMENT, Duration.ZERO, quick(Duration.ZERO));
        device.awaitOpened();
        device.fallSilent();

        Event lost = told.take();
        assertThat((String) lost.details().get("reason")).contains("no frame in 0.3 s");
        device.plugIn();
        device.awaitOpened();
        assertThat(told.take().type()).isEqualTo(EventType.CAMERA_FOUND);
        assertThat(front.frameTakenAfter(System.nanoTime(), SOON)).isPresent();
    }

    @Test
    void keepsNobodyWaitingForADriverThatHangs() throws Exception {
        Camera front = camera(Duration.ZERO, MOMENT, Duration.ZERO, quick(Duration.ZERO));
        assertThat(front.frameAfter(-1, SOON)).isPresent();
        device.hang();

        assertThat(told.take().type()).isEqualTo(EventType.CAMERA_LOST);
        assertThat(front.frameTakenAfter(System.nanoTime(), MOMENT)).isEmpty();
        assertThat(front.status().state()).isEqualTo(CameraStatus.State.LOST);

        device.release();
        assertThat(told.take().type()).isEqualTo(EventType.CAMERA_FOUND);
    }

    @Test
    void isNotOpenedTwiceWhenItsDriverHangsWhileItIsClosedForWantOfViewers() throws Exception {
        Camera front = camera(Duration.ZERO, SOON, Duration.ofMillis(50), quick(Duration.ZERO));
        assertThat(front.frameAfter(-1, SOON)).isPresent();
        device.hang();

        Event lost = told.take();
        assertThat((String) lost.details().get("reason")).contains("stuck");
        assertThat(front.frameTakenAfter(System.nanoTime(), MOMENT)).isEmpty();
        assertThat(device.timesTried()).isEqualTo(1);
    }

    @Test
    void restsBetweenTriesAlsoWhenSomeoneWaits() throws Exception {
        Pace slow = new Pace(
                Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ZERO, Duration.ofMillis(1));
        device.unplug("not there");
        Camera front = camera(Duration.ZERO, SOON, Duration.ZERO, slow);
        assertThat(told.take().type()).isEqualTo(EventType.CAMERA_LOST);

        assertThat(front.frameAfter(-1, MOMENT)).isEmpty();

        assertThat(device.timesTried()).isEqualTo(1);
    }

    @Test
    void isLostAndNotTheEndOfTheModuleWhenItsSourceHasAMistake() throws Exception {
        Camera front = camera(Duration.ZERO);
        assertThat(front.frameAfter(-1, SOON)).isPresent();
        device.stumble();

        assertThat((String) told.take().details().get("reason")).contains("did not foresee", "stumbled");
        device.plugIn();
        assertThat(told.take().type()).isEqualTo(EventType.CAMERA_FOUND);
    }

    @Test
    void addsUpTheDamagedImagesOfAllItsOpenings() throws Exception {
        device.damageOneWithEachFrame();
        Camera front = camera(Duration.ZERO);
        assertThat(front.frameAfter(-1, SOON)).isPresent();
        device.unplug("loose contact");
        assertThat(told.take().type()).isEqualTo(EventType.CAMERA_LOST);
        CameraStatus before = front.status();

        device.plugIn();
        assertThat(told.take().type()).isEqualTo(EventType.CAMERA_FOUND);
        device.unplug("again");
        assertThat(told.take().type()).isEqualTo(EventType.CAMERA_LOST);

        assertThat(before.damaged()).isEqualTo(before.frames()).isPositive();
        assertThat(front.status().damaged()).isEqualTo(front.status().frames()).isGreaterThan(before.frames());
    }

    @Test
    void sendsAwayAtOnceWhoAsksAfterItWasClosed() throws Exception {
        Camera front = camera(KEPT);
        front.close();

        assertThat(front.frameAfter(-1, Duration.ofDays(1))).isEmpty();
    }

    @Test
    void triesAgainAtOnceForOneWhoWaitsThoughThePauseIsLong() throws Exception {
        Pace slow = new Pace(
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofMillis(50),
                Duration.ofDays(1),
                Duration.ofMillis(20));
        Camera front = camera(Duration.ZERO, SOON, Duration.ZERO, slow);
        device.unplug("not there yet");
        assertThat(front.frameAfter(Long.MAX_VALUE - 1, MOMENT)).isEmpty();
        device.plugIn();

        assertThat(front.frameTakenAfter(System.nanoTime(), SOON)).isPresent();
    }

    @Test
    void countsFramesAndTheirRate() throws Exception {
        Camera front = camera(KEPT);
        long sequence = -1;
        for (int i = 0; i < 20; i++) {
            sequence = front.frameAfter(sequence, SOON).orElseThrow().sequence();
        }

        assertThat(front.status().frames()).isGreaterThanOrEqualTo(20);
        assertThat(front.status().rate()).isBetween(1.0, 200.0);
    }

    private Camera camera(Duration idleClose) {
        return camera(Duration.ZERO, SOON, idleClose, quick(Duration.ZERO));
    }

    private Camera camera(Duration warmUp, Duration readTimeout, Duration idleClose, Pace pace) {
        Events events = new Events();
        events.listen(told::add);
        Camera front = new Camera(
                "front",
                Pictures.settings(1, warmUp, readTimeout, idleClose),
                device,
                events,
                InstantSource.fixed(NOON),
                pace,
                0);
        camera = Optional.of(front);
        return front;
    }

    private static Pace quick(Duration blip) {
        return new Pace(
                Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(20), blip, Duration.ofMillis(20));
    }
}
