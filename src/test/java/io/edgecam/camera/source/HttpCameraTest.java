package io.edgecam.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.FrameSource;
import io.edgecam.event.Event;
import io.edgecam.event.Events;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpCameraTest {
    private static final String MULTIPART =
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n";
    private static final String PART = "--frame\r\nContent-Type: image/jpeg\r\n";

    private NetworkCamera camera;
    private byte[] one;
    private byte[] two;

    @BeforeEach
    void start() throws Exception {
        camera = new NetworkCamera();
        DeviceSettings settings = SourceSettings.of(Kind.TEST, "", 160, 120, 100);
        try (FrameSource source =
                new Sources(InstantSource.system()).apply(settings).open()) {
            one = source.next().image().toBytes();
            two = source.next().image().toBytes();
        }
    }

    @AfterEach
    void stop() throws Exception {
        camera.close();
    }

    @Test
    void readsAStreamWithLengths() throws Exception {
        camera.answering(
                true,
                MULTIPART,
                PART + "Content-Length: " + one.length + "\r\n\r\n",
                one,
                "\r\n" + PART + "Content-Length: " + two.length + "\r\n\r\n",
                two);
        try (FrameSource source = open("/stream")) {
            assertThat(source.next().image().toBytes()).isEqualTo(one);
            assertThat(source.next().image().toBytes()).isEqualTo(two);
        }
    }

    @Test
    void readsAStreamWithoutLengthsAndGivesAPictureBeforeTheNextBoundary() throws Exception {
        camera.answering(true, MULTIPART, PART + "\r\n", one, "\r\n" + PART + "\r\n", two);
        try (FrameSource source = open("/stream")) {
            assertThat(source.next().image().toBytes()).isEqualTo(one);
            assertThat(source.next().image().toBytes()).isEqualTo(two);
        }
    }

    @Test
    void skipsAPictureThatWasCutOffAndRubbishBetween() throws Exception {
        camera.answering(
                true,
                MULTIPART,
                PART + "\r\n",
                Arrays.copyOf(one, one.length / 2),
                "\r\n" + PART + "\r\nnot a picture\r\n" + PART + "\r\n",
                two);
        try (FrameSource source = open("/stream")) {
            assertThat(source.next().image().toBytes()).isEqualTo(two);
        }
    }

    @Test
    void fetchesASnapshotAgainAndAgain() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nConnection: close\r\nContent-Length: ";
        camera.answering(false, head + one.length + "\r\n\r\n", one);
        camera.answering(false, head + two.length + "\r\n\r\n", two);
        try (FrameSource source = open("/snapshot.jpg")) {
            assertThat(source.next().image().toBytes()).isEqualTo(one);
            assertThat(source.next().image().toBytes()).isEqualTo(two);
        }
        assertThat(camera.requests()).hasSize(2);
    }

    @Test
    void endsWithTheStream() throws Exception {
        camera.answering(false, MULTIPART, PART + "\r\n", one);
        try (FrameSource source = open("/stream?user=secret")) {
            source.next();
            assertThatThrownBy(source::next)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/stream ended its stream")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void signsInOnlyWhenAskedTo() throws Exception {
        camera.answering(
                false, "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"cam\"\r\nContent-Length: 0\r\n\r\n");
        camera.answering(true, MULTIPART, PART + "\r\n", one);
        try (FrameSource source = open("/stream")) {
            assertThat(source.next().image().toBytes()).isEqualTo(one);
        }
        assertThat(camera.requests().get(0)).doesNotContain("Authorization");
        assertThat(camera.requests().get(1)).contains("Authorization: Basic dXNlcjpwYXNz");
    }

    /** The oldest form, without a quality. */
    @Test
    void signsInByDigest() throws Exception {
        camera.answering(
                false,
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"cam\"\r\n",
                "WWW-Authenticate: Digest realm=\"cam\", nonce=\"abc\"\r\nContent-Length: 0\r\n\r\n");
        camera.answering(true, MULTIPART, PART + "\r\n", one);
        try (FrameSource source = open("/stream")) {
            assertThat(source.next().image().toBytes()).isEqualTo(one);
        }
        String secret = md5("user:cam:pass");
        String request = md5("GET:/stream");
        assertThat(camera.requests().get(1))
                .contains("response=\"" + md5(secret + ":abc:" + request) + "\"")
                .doesNotContain("pass");
    }

    @Test
    void saysThatNameOrPasswordAreWrongWithoutTellingThem() {
        String refusal = "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"cam\"\r\nContent-Length: 0\r\n\r\n";
        camera.answering(false, refusal).answering(false, refusal);

        assertThatThrownBy(() -> open("/stream"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refuses username and password")
                .hasMessageNotContaining("pass\"");
    }

    @Test
    void followsARedirectOnTheSameHostOnly() throws Exception {
        camera.answering(false, "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n");
        camera.answering(true, MULTIPART, PART + "\r\n", one);
        try (FrameSource source = open("/stream")) {
            assertThat(source.next().image().toBytes()).isEqualTo(one);
        }
        assertThat(camera.requests().get(1)).startsWith("GET /there");
    }

    @Test
    void followsNoRedirectToAnotherHost() {
        camera.answering(
                false, "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.invalid/x\r\nContent-Length: 0\r\n\r\n");
        assertThatThrownBy(() -> open("/stream")).hasMessageContaining("redirects to another host");
    }

    @Test
    void refusesAPageAroundACamera() throws Exception {
        camera.answering(false, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi");

        try (FrameSource source = open("/")) {
            assertThatThrownBy(source::next).isInstanceOf(IOException.class).hasMessageContaining("text/html");
        }
    }

    @Test
    void refusesAPictureWithoutEnd() {
        byte[] endless = new byte[JpegStream.LONGEST + 100];
        System.arraycopy(one, 0, endless, 0, one.length - 2);

        assertThatThrownBy(() -> new JpegStream(new ByteArrayInputStream(endless)).next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 8388608 bytes");
    }

    @Test
    void refusesAPictureThatClaimsToBeHuge() {
        byte[] bomb = one.clone();
        for (int i = 2; i < bomb.length; i++) {
            if (bomb[i] == (byte) 0xFF && bomb[i + 1] == (byte) 0xC0) {
                bomb[i + 5] = 125;
                bomb[i + 7] = 125;
                break;
            }
        }
        assertThatThrownBy(() -> CameraJpeg.of(bomb)).hasMessageContaining("at most 50000000");
    }

    @Test
    void putsInTheTablesThatMotionJpegLeavesOut() throws Exception {
        byte[] bare = withoutTables(one);

        Jpeg whole = CameraJpeg.of(bare);

        assertThat(bare.length).isLessThan(one.length - 400);
        assertThat(BarCode.read(whole.toBytes())).isEqualTo(BarCode.read(one));
        assertThat(javax.imageio.ImageIO.read(whole.open()).getRGB(100, 100))
                .isEqualTo(javax.imageio.ImageIO.read(new ByteArrayInputStream(one))
                        .getRGB(100, 100));
    }

    @Test
    void isLeftWhenItFallsSilentInTheMiddleOfAPicture() throws Exception {
        camera.answering(true, MULTIPART, PART + "\r\n", one, PART + "\r\n", Arrays.copyOf(two, 300));
        BlockingQueue<Event> told = new LinkedBlockingQueue<>();
        Events events = new Events();
        events.listen(told::add);
        try (Cameras cameras = new Cameras(new Sources(InstantSource.system()), events, InstantSource.system())) {
            cameras.apply(Map.of("front", SourceSettings.http(camera.address("/stream"), "", "")));
            Camera front = cameras.find("front").orElseThrow();
            long first =
                    front.frameAfter(-1, Duration.ofSeconds(10)).orElseThrow().sequence();

            assertThat(front.frameAfter(first, Duration.ofSeconds(4))).isEmpty();
            assertThat(front.status().state()).isEqualTo(CameraStatus.State.LOST);
        }
    }

    private FrameSource open(String path) throws IOException, InterruptedException {
        DeviceSettings settings = SourceSettings.http(camera.address(path), "user", "pass");
        return new Sources(InstantSource.system()).apply(settings).open();
    }

    private static byte[] withoutTables(byte[] jpeg) {
        byte[] bare = new byte[jpeg.length];
        int to = 2;
        System.arraycopy(jpeg, 0, bare, 0, 2);
        int from = 2;
        while ((jpeg[from + 1] & 0xFF) != 0xDA) {
            int length = 2 + ((jpeg[from + 2] & 0xFF) << 8) + (jpeg[from + 3] & 0xFF);
            if ((jpeg[from + 1] & 0xFF) != 0xC4) {
                System.arraycopy(jpeg, from, bare, to, length);
                to += length;
            }
            from += length;
        }
        System.arraycopy(jpeg, from, bare, to, jpeg.length - from);
        return Arrays.copyOf(bare, to + jpeg.length - from);
    }

    private static String md5(String text) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("MD5")
                        .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
