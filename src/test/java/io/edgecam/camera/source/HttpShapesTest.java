package io.edgecam.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.camera.FrameSource;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.DeviceSettings.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The many ways in which cameras write down the same thing, and lie about it. */
@Timeout(30)
class HttpShapesTest {
    private NetworkCamera camera;
    private byte[] one;
    private byte[] two;

    @BeforeEach
    void start() throws Exception {
        camera = new NetworkCamera();
        try (FrameSource source = new Sources(InstantSource.system())
                .apply(SourceSettings.of(Kind.TEST, "", 160, 120, 100))
                .open()) {
            one = source.next().image().toBytes();
            two = source.next().image().toBytes();
        }
    }

    @AfterEach
    void stop() throws Exception {
        camera.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/x-mixed-replace;boundary=\"--a b\"",
                "multipart/x-mixed-replace; boundary=--frame",
                "Multipart/X-Mixed-Replace",
                "image/jpeg",
                "application/octet-stream",
                "text/plain"
            })
    void readsPartsWhateverTheirTypeAndBoundary(String type) throws Exception {
        camera.answering(
                true,
                "HTTP/1.0 200 OK\r\nContent-Type: " + type + "\r\n\r\n--frame\r\nContent-Length: 7\r\n\r\n",
                one,
                "\r\n--frame\r\nContent-Length: 99999999999999\r\n\r\n",
                two);
        assertThat(read("/stream", 2)).containsExactly(one, two);
    }

    @Test
    void readsChunksAsAnEsp32SendsThem() throws Exception {
        String head = "Content-Type: image/jpeg\r\nContent-Length: " + one.length + "\r\n\r\n";
        camera.answering(
                true,
                "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=123456789000000000000987654321\r\n",
                "Transfer-Encoding: chunked\r\nAccess-Control-Allow-Origin: *\r\n\r\n",
                "24\r\n\r\n--123456789000000000000987654321\r\n\r\n",
                Integer.toHexString(head.length()) + ";x=y\r\n" + head + "\r\n",
                Integer.toHexString(one.length).toUpperCase(Locale.ROOT) + "\r\n",
                one,
                "\r\n1\r\n\r\r\n",
                Integer.toHexString(two.length) + "\r\n",
                two,
                "\r\n0\r\n\r\n");
        assertThat(read("/stream", 2)).containsExactly(one, two);
    }

    @Test
    void readsAStreamAsMjpgStreamerSendsIt() throws Exception {
        camera.answering(
                true,
                "HTTP/1.0 200 OK\r\nConnection: close\r\nServer: MJPG-Streamer/0.2\r\n",
                "Content-Type: multipart/x-mixed-replace;boundary=boundarydonotcross\r\n\r\n",
                "--boundarydonotcross\r\n",
                "Content-Type: image/jpeg\r\nContent-Length: " + one.length + "\r\nX-Timestamp: 0.000000\r\n\r\n",
                one,
                "\r\n--boundarydonotcross\r\n",
                "Content-Type: image/jpeg\r\nContent-Length: " + two.length + "\r\nX-Timestamp: 0.1\r\n\r\n",
                two);
        assertThat(read("/?action=stream", 2)).containsExactly(one, two);
    }

    @Test
    void readsPicturesOneAfterTheOtherWithNothingBetween() throws Exception {
        camera.answering(true, "HTTP/1.1 200 OK\r\nContent-Type: video/x-mjpeg\r\n\r\n", one, two);

        assertThat(read("/raw", 2)).containsExactly(one, two);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/jpeg", "image/jpg; charset=x", "application/octet-stream", "text/html"})
    void fetchesASnapshotOfWhateverTypeAgainWhenTheCameraHasHungUp(String type) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n";
        camera.answering(false, head, one).answering(false, head, two);

        assertThat(read("/one.jpg", 2)).containsExactly(one, two);
    }

    @Test
    void readsOnAfterALengthThatWasTooShortForTheSnapshot() throws Exception {
        camera.answering(false, head(one.length / 2), Arrays.copyOf(one, one.length / 2));
        camera.answering(false, head(two.length), two);
        try (FrameSource source = open("/one.jpg")) {
            assertThat(source.next().image().toBytes()).isEqualTo(two);
            assertThat(source.damaged()).isEqualTo(1);
        }
    }

    @Test
    void countsThePicturesThatWereCutOffAndGivesTheNextOne() throws Exception {
        camera.answering(
                true,
                "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n--a\r\n\r\n",
                Arrays.copyOf(one, one.length / 2),
                one,
                "\r\n--a\r\n\r\n",
                Arrays.copyOf(one, one.length - 20),
                "\r\n--a\r\n\r\n",
                two);
        try (FrameSource source = open("/stream")) {
            assertThat(source.next().image().toBytes()).isEqualTo(one);
            assertThat(source.damaged()).isEqualTo(1);
            assertThat(source.next().image().toBytes()).isEqualTo(two);
            assertThat(source.damaged()).isEqualTo(2);
        }
    }

    @Test
    void isNotMisledByASmallPictureInsideOfThePicture() throws Exception {
        byte[] thumbnail = Arrays.copyOf(two, 2000);
        byte[] whole = new byte[one.length + thumbnail.length + 6];
        System.arraycopy(one, 0, whole, 0, 2);
        int length = thumbnail.length + 4;
        whole[2] = (byte) 0xFF;
        whole[3] = (byte) 0xE1;
        whole[4] = (byte) (length >> 8);
        whole[5] = (byte) length;
        System.arraycopy(thumbnail, 0, whole, 6, thumbnail.length);
        whole[6 + thumbnail.length] = (byte) 0xFF;
        whole[7 + thumbnail.length] = (byte) 0xD9;
        System.arraycopy(one, 2, whole, 8 + thumbnail.length, one.length - 2);
        camera.answering(true, head(whole.length), whole);

        assertThat(read("/one.jpg", 1)).containsExactly(whole);
    }

    @Test
    void saysWhatIsWrongWithAnAnswer() {
        assertThat(complaint("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 0\r\n\r\n"))
                .contains("nothing at all");
        assertThat(complaint("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")).contains("nothing at this path");
        assertThat(complaint("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")).contains("no free place");
        assertThat(complaint("HTTP/1.1 500 Oh\r\n\r\n")).contains("status 500");
        assertThat(complaint("SSH-2.0-OpenSSH\r\n")).contains("does not speak HTTP");
        assertThat(complaint("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")).contains("below zero");
        assertThat(complaint("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
                .contains("no number");
        assertThat(complaint("HTTP/1.1 200 OK\r\n" + "X-Word: another\r\n".repeat(5000)))
                .contains("header of more than 65536 bytes");
        assertThat(complaint("HTTP/1.1 302 There\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"))
                .isNotEmpty();
    }

    @Test
    void saysThatACameraWantsASignInWhenNoneIsSet() {
        camera.answering(false, "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"c\"\r\nContent-Length: 0\r\n\r\n");

        assertThatThrownBy(() -> HttpCamera.opener(SourceSettings.http(camera.address("/"), "", ""), "")
                        .open())
                .hasMessageContaining("set username and password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/metadata/instance",
                "http://[::ffff:169.254.169.254]/",
                "http://169.254.1.1:8080/",
                "http://168.63.129.16/machine"
            })
    void asksNoServiceThatGivesKeysToThisMachine(String address) {
        assertThatThrownBy(() -> HttpCamera.opener(SourceSettings.http(address, "", ""), "")
                        .open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not asked")
                .hasMessageContaining("Give the camera another address");
    }

    @Test
    void asksNotTheWorkloadInterfaceButEveryOtherPortOfItsHost() throws Exception {
        OffLimits limits = new OffLimits("http://127.0.0.1:15580/");

        assertThatThrownBy(() -> limits.addresses(URI.create("https://localhost:15580/modules")))
                .hasMessageContaining("is not asked");
        assertThat(limits.addresses(URI.create("http://localhost:8080/"))).isNotEmpty();
        assertThat(new OffLimits("unix:///var/run/workload.sock").addresses(URI.create("http://10.0.0.9/")))
                .hasSize(1);
    }

    @Test
    void saysThatAHostIsNotKnown() {
        assertThatThrownBy(() -> HttpCamera.opener(SourceSettings.http("http://camera.invalid/", "", ""), "")
                        .open())
                .hasMessageContaining("host name that is not known");
    }

    private String complaint(String answer) {
        camera.answering(false, answer);
        try (FrameSource source = open("/x")) {
            return source.next().toString();
        } catch (IOException | InterruptedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private List<byte[]> read(String path, int count) throws Exception {
        byte[][] found = new byte[count][];
        try (FrameSource source = open(path)) {
            for (int i = 0; i < count; i++) {
                Jpeg image = source.next().image();
                found[i] = image.toBytes();
            }
        }
        return List.of(found);
    }

    private static String head(int length) {
        return "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private FrameSource open(String path) throws IOException, InterruptedException {
        return HttpCamera.opener(SourceSettings.http(camera.address(path), "user", "pass"), "")
                .open();
    }
}
