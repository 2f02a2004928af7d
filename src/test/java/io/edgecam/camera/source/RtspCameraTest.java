package io.edgecam.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.FrameSource;
import io.edgecam.event.Event;
import io.edgecam.event.Events;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import io.edgecam.settings.DeviceSettings.Source;
import io.edgecam.settings.Secret;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RtspCameraTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** Every kind of character that has a meaning in an address, a list of ffmpeg, or a shell. */
    private static final String PASSWORD = "c4n4ry/?#[]@:%20 '\"\\$;&+*~é";

    @TempDir
    private Path folder;

    private Path ffmpeg;

    @BeforeEach
    void nameFfmpeg() throws IOException {
        ffmpeg = folder.resolve("ffmpeg-of-the-test");
        Files.createSymbolicLink(ffmpeg, new Programs("").find("ffmpeg"));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        Files.delete(ffmpeg);
        Leftovers.awaitNone(folder.toString());
    }

    @Test
    void givesEachFrameOnceWithTheTablesOfTheStandard() throws Exception {
        try (RtspServer server = RtspServer.h264(20);
                FrameSource source = open(server.address(), 100)) {
            List<Mark> marks = marks(source, 10);

            for (int i = 1; i < marks.size(); i++) {
                assertThat(marks.get(i).frame()).isGreaterThan(marks.get(i - 1).frame());
            }
            byte[] jpeg = source.next().image().toBytes();
            assertThat(pixels(CameraJpeg.of(withoutTables(jpeg)).toBytes())).isEqualTo(pixels(jpeg));
        }
    }

    @Test
    void givesNoMoreFramesThanAskedFor() throws Exception {
        try (RtspServer server = RtspServer.h264(25);
                FrameSource source = open(server.address(), 5)) {
            source.next();
            List<Mark> marks = marks(source, 6);

            Duration between = Duration.between(
                    marks.get(0).capturedAt(), marks.get(marks.size() - 1).capturedAt());
            assertThat(between).isGreaterThan(Duration.ofMillis(5 * 200 - 100));
        }
    }

    @Test
    void passesOnTheCamerasOwnJpegs() throws Exception {
        try (RtspServer server = RtspServer.jpeg(20)) {
            FrameSource.Opener opener = opener(server.address(), 100);
            for (int opening = 0; opening < 2; opening++) {
                try (FrameSource source = opener.open()) {
                    byte[] received = source.next().image().toBytes();

                    Mark mark = BarCode.read(received).orElseThrow();
                    byte[] drawn = server.picture(mark.frame());
                    assertThat(scan(received)).isEqualTo(scan(drawn));
                    assertThat(Leftovers.with(ffmpeg.toString()))
                            .isNotEmpty()
                            .allMatch(one -> Leftovers.commandLine(one.pid()).contains("-c:v copy"));
                }
            }
        }
    }

    @Test
    void givesNoMoreOfTheCamerasOwnJpegsThanAskedFor() throws Exception {
        try (RtspServer server = RtspServer.jpeg(25);
                FrameSource source = open(server.address(), 5)) {
            List<Mark> marks = marks(source, 6);

            for (int i = 1; i < marks.size(); i++) {
                assertThat(marks.get(i).frame()).isGreaterThan(marks.get(i - 1).frame());
            }
            assertThat(Duration.between(
                            marks.get(0).capturedAt(),
                            marks.get(marks.size() - 1).capturedAt()))
                    .isGreaterThan(Duration.ofMillis(4 * 200 - 100));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RtspServer.SignIn.class,
            names = {"BASIC", "DIGEST"})
    void signsInAndShowsNobodyThePassword(RtspServer.SignIn signIn) throws Exception {
        try (RtspServer server = RtspServer.h264(signIn, "user1 @ü", PASSWORD, 20)) {
            try (FrameSource source = open(server.address(), "user1 @ü", PASSWORD)) {
                source.next();

                assertThat(Leftovers.with(ffmpeg.toString())).isNotEmpty();
                assertThat(Leftovers.with("c4n4ry")).isEmpty();
            }
            assertThatThrownBy(() -> readOne(server.address(), "user1 @ü", PASSWORD + "x"))
                    .isInstanceOf(IOException.class)
                    .hasMessage(server.address() + " refuses username and password");
            assertThatThrownBy(() -> readOne(server.address(), "", ""))
                    .hasMessage(server.address() + " wants a sign-in: set username and password");
        }
    }

    @Test
    void saysNoSecretThatIsPartOfTheAddress() throws Exception {
        try (RtspServer server = RtspServer.h264(20)) {
            String address = server.address().replace("/live", "/none/password=c4n4ry/x?user=c4n4ry");

            assertThatThrownBy(() -> readOne(address, "user", "c4n4ry"))
                    .hasMessageContaining("has nothing at this path (status 404)")
                    .hasMessageNotContaining("c4n4ry");
        }
    }

    @Test
    void takesTheSecretsOutOfWhatFfmpegSays() throws Exception {
        Files.delete(ffmpeg);
        Files.writeString(ffmpeg, "#!/bin/sh\ngrep ^file | sed 's/^/[error] /' >&2\n");
        assertThat(ffmpeg.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> readOne("rtsp://127.0.0.1/live?key=c4n4ry", "user", PASSWORD))
                .hasMessage("rtsp://127.0.0.1/live?*** ended its stream;"
                        + " ffmpeg says: file 'rtsp://127.0.0.1/live?***'");
    }

    @Test
    void saysWhatToDoWhenNobodyIsThere() throws Exception {
        RtspServer server = RtspServer.h264(20);
        server.close();

        assertThatThrownBy(() -> readOne(server.address(), "user", "c4n4ry"))
                .hasMessage(server.address()
                        + " cannot be reached: is it on, are address and port right, may this device get there?");
        assertThatThrownBy(() -> readOne("rtsp://nowhere.invalid/live", "", ""))
                .hasMessageContaining("has a host name that is not known here");
    }

    @Test
    void saysWhatToDoWithoutFfmpeg() {
        Map<String, String> environment = Map.of("PATH", folder.toString());

        assertThatThrownBy(() -> new Sources(InstantSource.system(), environment)
                        .apply(settings("rtsp://127.0.0.1/live", "", "", 15))
                        .open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "rtsp://127.0.0.1/live is read by ffmpeg, but this device finds no program ffmpeg")
                .hasMessageContaining("install it");
    }

    @Test
    void endsWhenTheServerLeaves() throws Exception {
        try (RtspServer server = RtspServer.h264(20);
                FrameSource source = open(server.address(), 100)) {
            source.next();

            server.leave();

            assertThatThrownBy(() -> {
                        while (true) {
                            source.next();
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(server.address() + " ended its stream");
        }
    }

    @Test
    void comesBackAfterAStallAndAfterTheServerWasAway() throws Exception {
        BlockingQueue<Event> told = new LinkedBlockingQueue<>();
        Events events = new Events();
        events.listen(told::add);
        try (RtspServer server = RtspServer.h264(20);
                Cameras cameras = new Cameras(sources(), events, InstantSource.system())) {
            cameras.apply(Map.of("front", settings(server.address(), "", "", 20)));
            Camera front = cameras.find("front").orElseThrow();
            Frame first = front.frameTakenAfter(System.nanoTime(), SOON).orElseThrow();

            server.stall();
            assertThat(front.frameAfter(lastOf(front, first), Duration.ofSeconds(4)))
                    .isEmpty();
            assertThat(front.status().state()).isEqualTo(CameraStatus.State.LOST);
            assertThat(front.status().error()).contains("readTimeoutSeconds");
            server.resume();
            assertThat(front.frameTakenAfter(System.nanoTime(), SOON)).isPresent();

            server.leave();
            assertThat(front.frameAfter(Long.MAX_VALUE - 1, Duration.ofSeconds(3)))
                    .isEmpty();
            assertThat(front.status().error()).contains("cannot be reached");
            server.comeBack();
            Instant order = Instant.now();
            Frame fresh = front.frameTakenAfter(System.nanoTime(), SOON).orElseThrow();

            Mark mark = BarCode.read(fresh.image().toBytes()).orElseThrow();
            assertThat(mark.capturedAt()).isAfter(order.minusSeconds(1));
            assertThat(fresh.capturedAt()).isAfterOrEqualTo(mark.capturedAt());
        }
    }

    /** Waits until the camera gives no more; the sequence of its last frame. */
    private static long lastOf(Camera camera, Frame first) throws InterruptedException {
        long last = first.sequence();
        while (true) {
            var next = camera.frameAfter(last, Duration.ofSeconds(1));
            if (next.isEmpty()) {
                return last;
            }
            last = next.get().sequence();
        }
    }

    private static List<Mark> marks(FrameSource source, int count) throws Exception {
        List<Mark> marks = new ArrayList<>();
        while (marks.size() < count) {
            Jpeg image = source.next().image();
            assertThat(image.width()).isEqualTo(RtspServer.WIDTH);
            assertThat(image.height()).isEqualTo(RtspServer.HEIGHT);
            BarCode.read(image.toBytes()).ifPresent(marks::add);
        }
        return marks;
    }

    private static int[] pixels(byte[] jpeg) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    private static byte[] withoutTables(byte[] jpeg) {
        ByteArrayOutputStream bare = new ByteArrayOutputStream();
        bare.write(jpeg, 0, 2);
        int from = 2;
        while ((jpeg[from + 1] & 0xFF) != 0xDA) {
            int length = 2 + ((jpeg[from + 2] & 0xFF) << 8) + (jpeg[from + 3] & 0xFF);
            if ((jpeg[from + 1] & 0xFF) != 0xC4) {
                bare.write(jpeg, from, length);
            }
            from += length;
        }
        bare.write(jpeg, from, jpeg.length - from);
        return bare.toByteArray();
    }

    /** The compressed pixels, from the start of the scan on. */
    private static byte[] scan(byte[] jpeg) throws IOException {
        assertThat(ImageIO.read(new ByteArrayInputStream(jpeg))).isNotNull();
        for (int i = 2; i < jpeg.length; ) {
            int length = 2 + ((jpeg[i + 2] & 0xFF) << 8) + (jpeg[i + 3] & 0xFF);
            if ((jpeg[i + 1] & 0xFF) == 0xDA) {
                return java.util.Arrays.copyOfRange(jpeg, i + length, jpeg.length);
            }
            i += length;
        }
        throw new IOException("has no scan");
    }

    private void readOne(String address, String username, String password) throws Exception {
        try (FrameSource source = open(address, username, password)) {
            source.next();
        }
    }

    private FrameSource open(String address, int framerate) throws IOException, InterruptedException {
        return opener(address, framerate).open();
    }

    private FrameSource open(String address, String username, String password)
            throws IOException, InterruptedException {
        return sources().apply(settings(address, username, password, 100)).open();
    }

    private FrameSource.Opener opener(String address, int framerate) {
        return sources().apply(settings(address, "", "", framerate));
    }

    private Sources sources() {
        return new Sources(InstantSource.system(), Map.of("EDGECAM_FFMPEG", ffmpeg.toString()));
    }

    private static DeviceSettings settings(String address, String username, String password, int framerate) {
        return new DeviceSettings(
                new Source(Kind.RTSP, address),
                username,
                new Secret(password),
                640,
                480,
                framerate,
                Duration.ZERO,
                Duration.ofSeconds(3),
                Duration.ZERO);
    }
}
