package io.edgecam.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.camera.Cameras;
import io.edgecam.camera.FrameSource;
import io.edgecam.camera.source.FaultyCamera.Fault;
import io.edgecam.event.Events;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import io.edgecam.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FaultyCameraTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final InstantSource CLOCK = InstantSource.system();

    @Test
    void everyCameraIsBackAfterEveryFaultWhileAHealthyOneMissesNothing() throws Exception {
        Map<String, FaultyCamera> devices = new HashMap<>();
        Map<String, DeviceSettings> wanted = new HashMap<>();
        for (Fault fault : Fault.values()) {
            for (String path : new String[] {"/stream", "/one"}) {
                FaultyCamera device = new FaultyCamera(picture(), 10);
                devices.put(fault + path, device);
                wanted.put(fault + path, settings(device.address(path)));
            }
        }
        try (Cameras cameras = new Cameras(new Sources(CLOCK), new Events(), CLOCK)) {
            cameras.apply(wanted);
            for (String name : wanted.keySet()) {
                assertThat(cameras.find(name).orElseThrow().frameAfter(-1, SOON))
                        .as("the first frame of %s", name)
                        .isPresent();
            }
            devices.forEach((name, device) -> device.have(Fault.valueOf(name.replaceFirst("/.*", ""))));
            for (Map.Entry<String, FaultyCamera> device : devices.entrySet()) {
                if (!device.getKey().startsWith(Fault.NONE.name())) {
                    device.getValue().awaitRequests(2);
                }
                device.getValue().have(Fault.NONE);
            }
            for (String name : wanted.keySet()) {
                assertThat(cameras.find(name).orElseThrow().frameTakenAfter(System.nanoTime(), SOON))
                        .as("a frame after the fault of %s", name)
                        .isPresent();
            }
            assertThat(cameras.find("NONE/stream").orElseThrow().status().damaged())
                    .isZero();
            assertThat(cameras.find("CUTS_OFF/stream").orElseThrow().status().damaged())
                    .isPositive();
        } finally {
            for (FaultyCamera device : devices.values()) {
                device.close();
            }
        }
    }

    /** Java 17's own client leaves one open for each answer that is no HTTP. */
    @Test
    void noConnectionIsLeftOpenByAnAnswerThatIsNone() throws Exception {
        try (FaultyCamera device = new FaultyCamera(picture(), 10)) {
            FrameSource.Opener opener = HttpCamera.opener(settings(device.address("/stream")), "");
            device.have(Fault.ENDLESS_HEADER);
            String complaint = complaint(opener);
            long files = files();
            for (int i = 0; i < 50; i++) {
                assertThat(complaint(opener)).isEqualTo(complaint).contains("header of more than");
            }
            assertThat(files()).isLessThan(files + 25);
        }
    }

    private static String complaint(FrameSource.Opener opener) throws InterruptedException {
        try (FrameSource source = opener.open()) {
            return source.next().toString();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static long files() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static byte[] picture() throws Exception {
        try (FrameSource source = new Sources(CLOCK)
                .apply(SourceSettings.of(Kind.TEST, "", 320, 240, 100))
                .open()) {
            return source.next().image().toBytes();
        }
    }

    private static DeviceSettings settings(String address) {
        return new DeviceSettings(
                new DeviceSettings.Source(Kind.HTTP, address),
                "",
                Secret.NONE,
                320,
                240,
                10,
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ZERO);
    }
}
