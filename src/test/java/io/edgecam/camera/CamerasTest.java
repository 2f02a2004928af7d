package io.edgecam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.event.Events;
import io.edgecam.picture.Frame;
import io.edgecam.settings.DeviceSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CamerasTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final PlayedCamera device = new PlayedCamera(Pictures.small());
    private final Cameras cameras = new Cameras(settings -> device, new Events(), InstantSource.system());

    @AfterEach
    void stop() {
        cameras.close();
    }

    @Test
    void restartsOnlyTheCameraWhoseSettingsChanged() {
        cameras.apply(Map.of("front", settings(1), "door", settings(1)));
        Camera front = cameras.find("front").orElseThrow();
        Camera door = cameras.find("door").orElseThrow();

        cameras.apply(Map.of("front", settings(1), "door", settings(2)));

        assertThat(cameras.find("front")).containsSame(front);
        assertThat(cameras.find("door")).isPresent().get().isNotSameAs(door);
    }

    @Test
    void forgetsACameraThatIsNoLongerWantedAndFreesItsDevice() throws Exception {
        cameras.apply(Map.of("front", settings(1), "door", settings(1)));
        assertThat(cameras.find("door").orElseThrow().frameAfter(-1, SOON)).isPresent();

        cameras.apply(Map.of("front", settings(1)));

        assertThat(cameras.find("door")).isEmpty();
        device.awaitClosed();
    }

    @Test
    void listsCamerasByName() {
        cameras.apply(Map.of("yard", settings(1), "door", settings(1), "front", settings(1)));

        assertThat(cameras.all().keySet()).containsExactly("door", "front", "yard");
    }

    @Test
    void countsOnAfterAChangeOfSettings() throws Exception {
        cameras.apply(Map.of("front", settings(1)));
        Frame before = cameras.find("front").orElseThrow().frameAfter(-1, SOON).orElseThrow();

        cameras.apply(Map.of("front", settings(2)));

        assertThat(cameras.find("front").orElseThrow().frameAfter(before.sequence(), SOON))
                .isPresent();
    }

    /** Twenty one after the other would take longer than the time-out of this class. */
    @Test
    void holdsUpNeitherOthersNorTheEndForCamerasThatNeverOpen() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        FrameSource.Opener stuck = () -> {
            awaitDeaf(never);
            throw new IOException("let go");
        };
        Cameras many = new Cameras(
                settings -> settings.framerate() == 1 ? device : stuck, new Events(), InstantSource.system());
        Map<String, DeviceSettings> wanted = new HashMap<>(Map.of("well", settings(1)));
        for (int i = 0; i < 20; i++) {
            wanted.put("stuck" + i, settings(2));
        }
        many.apply(wanted);
        for (Camera camera : many.all().values()) {
            camera.frameAfter(Long.MAX_VALUE - 1, Duration.ZERO);
        }

        Frame first = many.find("well").orElseThrow().frameAfter(-1, SOON).orElseThrow();
        assertThat(many.find("well").orElseThrow().frameAfter(first.sequence(), SOON))
                .isPresent();
        assertThat(many.find("stuck7").orElseThrow().status().frames()).isZero();
        many.close();

        device.awaitClosed();
        assertThat(many.all()).isEmpty();
        never.countDown();
    }

    /** As in a driver: an interrupt does not end it. */
    private static void awaitDeaf(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException deaf) {
                assertThat(deaf).isNotNull();
            }
        }
    }

    private static DeviceSettings settings(int framerate) {
        return Pictures.settings(framerate, Duration.ZERO, Duration.ofSeconds(5), KEPT);
    }
}
