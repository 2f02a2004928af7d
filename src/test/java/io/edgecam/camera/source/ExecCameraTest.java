package io.edgecam.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.FrameSource;
import io.edgecam.event.Events;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import io.edgecam.settings.DeviceSettings.Source;
import io.edgecam.settings.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecCameraTest {
    private static final int PER_SECOND = 10;

    @TempDir
    private Path folder;

    private byte[] one;
    private byte[] two;
    private Path first;
    private Path second;

    @BeforeEach
    void draw() throws Exception {
        DeviceSettings settings = SourceSettings.of(Kind.TEST, "", 320, 240, 100);
        try (FrameSource source =
                new Sources(InstantSource.system()).apply(settings).open()) {
            one = source.next().image().toBytes();
            two = source.next().image().toBytes();
        }
        first = Files.write(folder.resolve("one.jpg"), one);
        second = Files.write(folder.resolve("two.jpg"), two);
    }

    @AfterEach
    void nothingIsLeft() {
        Leftovers.awaitNone(folder.toString());
    }

    @Test
    void readsAStreamOfPictures() throws Exception {
        try (FrameSource source = open("cat " + first + " " + second + "; exec sleep 9000")) {
            assertThat(source.next().image().toBytes()).isEqualTo(one);
            assertThat(source.next().image().toBytes()).isEqualTo(two);
        }
    }

    @Test
    void runsAProgramForOnePictureAgainAndAgainAtTheSetRate() throws Exception {
        try (FrameSource source = open("/bin/cat", first.toString())) {
            long begun = System.nanoTime();
            for (int i = 0; i < 4; i++) {
                assertThat(source.next().image().toBytes()).isEqualTo(one);
            }
            assertThat(System.nanoTime() - begun)
                    .isGreaterThan(Duration.ofMillis(200).toNanos());
        }
    }

    @Test
    void neverClaimsThatAPictureWasTakenAfterAnOrderThatCameBetweenExposureAndFirstByte() throws Exception {
        Path gate = folder.resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor())
                .isZero();
        try (FrameSource source =
                open("cat " + first + " > " + folder + "/exposed; cat " + gate + "; cat " + folder + "/exposed")) {
            FutureTask<FrameSource.Shot> read = new FutureTask<>(source::next);
            new Thread(read, "reader").start();
            OutputStream opened = Files.newOutputStream(gate);
            long order = System.nanoTime();
            opened.close();

            assertThat(read.get().capturedNanos() - order).isNegative();

            FutureTask<FrameSource.Shot> next = new FutureTask<>(source::next);
            new Thread(next, "reader").start();
            Files.newOutputStream(gate).close();
            assertThat(next.get().capturedNanos() - order).isPositive();
        }
    }

    @Test
    void isReadThoughItFloodsItsErrors() throws Exception {
        String flood = "i=0; while [ $i -lt 20000 ]; do echo \"frame $i\" >&2; i=$((i+1)); done; ";
        try (FrameSource source = open(flood + "cat " + first + "; exec sleep 9000")) {
            assertThat(source.next().image().toBytes()).isEqualTo(one);
        }
    }

    @Test
    void isAFailureWithItsLastWordsWhenItEndsWithoutAPicture() throws Exception {
        assertThatThrownBy(() -> readOne("echo starting >&2; echo 'no cameras available' >&2; exit 3"))
                .isInstanceOf(IOException.class)
                .hasMessage("exec:CAM ended with code 3 without a whole picture: it says: no cameras available");
        assertThatThrownBy(() -> readOne("head -c 2000 " + first))
                .hasMessageContaining("exec:CAM ended with code 0 without a whole picture: it must write JPEGs");
        assertThatThrownBy(() -> readOne("kill -SEGV $$"))
                .hasMessageContaining("exec:CAM ended by signal 11 without a whole picture");
        assertThatThrownBy(() -> readOne("head -c 9000000 /dev/zero"))
                .hasMessageContaining("exec:CAM sent 8388608 bytes without a JPEG in them");
    }

    @Test
    void isAFailureWhenItEndsBadlyAfterPictures() throws Exception {
        try (FrameSource source = open("cat " + first + "; echo 'sensor lost' >&2; exit 1")) {
            source.next();

            assertThatThrownBy(source::next)
                    .hasMessage("exec:CAM ended with code 1 after 1 pictures: it says: sensor lost");
        }
    }

    @Test
    void saysWhatToDoAboutAProgramThatIsNotThere() {
        assertThatThrownBy(() -> open("rpicam-none", "-o", "-"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exec:CAM finds no program rpicam-none in PATH")
                .hasMessageContaining("install it");
        assertThatThrownBy(() -> new Sources(InstantSource.system(), Map.of())
                        .apply(settings(Duration.ZERO))
                        .open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exec:CAM names a command that this device does not declare");
    }

    @Test
    void isClosedUnderItsReader() throws Exception {
        FrameSource source = open("cat " + first + "; exec sleep 9000");
        source.next();
        FutureTask<String> read = new FutureTask<>(() -> {
            try {
                return "read " + source.next().image().length();
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        });
        new Thread(read, "reader").start();

        source.close();

        assertThat(read.get()).startsWith("exec:CAM");
        assertThatThrownBy(source::next).isInstanceOf(IOException.class).hasMessageContaining("was closed");
    }

    @Test
    void isEndedByItsCameraWhenItNeverWrites() throws Exception {
        Sources sources = sources("/bin/sh", "-c", "trap '' TERM; while :; do sleep 9000; done # " + folder);
        try (Cameras cameras = new Cameras(sources, new Events(), InstantSource.system())) {
            cameras.apply(Map.of("front", settings(Duration.ofSeconds(10))));
            Camera front = cameras.find("front").orElseThrow();

            assertThat(front.frameAfter(-1, Duration.ofSeconds(4))).isEmpty();
            assertThat(front.status().state()).isEqualTo(CameraStatus.State.LOST);
            assertThat(front.status().error()).contains("gave no frame in 2 s");
        }
    }

    private void readOne(String script) throws Exception {
        try (FrameSource source = open(script)) {
            source.next();
        }
    }

    private FrameSource open(String script) throws IOException, InterruptedException {
        return open("/bin/sh", "-c", script);
    }

    private FrameSource open(String... command) throws IOException, InterruptedException {
        return sources(command).apply(settings(Duration.ZERO)).open();
    }

    private static Sources sources(String... command) {
        String declared = new Gson().toJson(List.of(command));
        return new Sources(InstantSource.system(), Map.of("EDGECAM_EXEC_CAM", declared));
    }

    private static DeviceSettings settings(Duration idleClose) {
        return new DeviceSettings(
                new Source(Kind.EXEC, "CAM"),
                "",
                Secret.NONE,
                640,
                480,
                PER_SECOND,
                Duration.ZERO,
                Duration.ofSeconds(2),
                idleClose);
    }
}
