package io.edgecam.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.json.Problem;
import io.edgecam.settings.DeviceSettings.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class SourceTextTest {
    private static final Map<String, String> DECLARED = Map.of(
            "EDGECAM_EXEC_RPICAM", "[\"rpicam-vid\", \"-o\", \"-\"]",
            "EDGECAM_EXEC_BROKEN", "rpicam-vid -o -",
            "EDGECAM_EXEC_EMPTY", "[]",
            "PATH", "/bin");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /dev/video0                                     | V4L2   | /dev/video0
            /dev/video12                                    | V4L2   | /dev/video12
            /dev/v4l/by-id/usb-046d_HD_Pro_C920-video-index0 | V4L2  | /dev/v4l/by-id/usb-046d_HD_Pro_C920-video-index0
            /dev/v4l/by-path/pci-0000:00:14.0-usb-0:1:1.0-video-index0 | V4L2 | /dev/v4l/by-path/pci-0000:00:14.0-usb-0:1:1.0-video-index0
            rtsp://192.168.1.20:554/stream1                 | RTSP   | rtsp://192.168.1.20:554/stream1
            rtsps://cam.local/live/channel=1                | RTSP   | rtsps://cam.local/live/channel=1
            http://cam.local/snapshot.jpg                   | HTTP   | http://cam.local/snapshot.jpg
            HTTPS://[fe80::1]:8443/mjpeg                    | HTTP   | HTTPS://[fe80::1]:8443/mjpeg
            test:                                           | TEST   | ''
            test:flaky                                      | TEST   | flaky
            folder:/pictures/in                             | FOLDER | /pictures/in
            exec:RPICAM                                     | EXEC   | RPICAM
            """)
    void readsEveryKindOfCamera(String text, Kind kind, String address) {
        DeviceSettings.Source source = new SourceText(new DeclaredCommands(DECLARED)).read(text);

        assertThat(source).isEqualTo(new DeviceSettings.Source(kind, address));
        assertThat(source).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "video0",
                "/dev/video",
                "/dev/video1234",
                "/dev/video0\\u0000",
                "/dev/video0/../sda",
                "/dev/sda",
                "/etc/passwd",
                "/dev/v4l/by-id/",
                "/dev/v4l/by-id/..",
                "/dev/v4l/by-id/../../sda",
                "/dev/v4l/by-id/a/b",
                "/dev/v4l/by-id/a b",
                "file:///etc/passwd",
                "pipe:1",
                "concat:a",
                "gst-launch videotestsrc ! appsink",
                "v4l2src ! appsink",
                "ftp://h/x",
                "rtsp://",
                "rtsp:///x",
                "http://",
                "http:foo",
                "http://a b/",
                "http://h/#x",
                "rtsp://h:notaport/x",
                "http://h/%zz",
                "folder:",
                "folder:pictures",
                "folder:/a/../b",
                "folder:/",
                "test:../x",
                "test:A B",
                "exec:",
                "exec:rm -rf /",
                "exec:NOPE",
                "exec:BROKEN",
                "exec:EMPTY",
                "exec:../RPICAM",
                " /dev/video0",
                "javascript:1",
                "udp://239.0.0.1:1234"
            })
    void letsNothingElsePass(String source) {
        String json = "{\"cameras\": {\"front\": {\"source\": \"" + source + "\"}}}";

        assertThat(Desired.problems(json, DECLARED)).extracting(Problem::path).containsExactly("cameras.front.source");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://admin:canary@192.168.1.20/1",
                "http://canary@h/",
                "http://admin:can/ary@h/canary",
                "rtsp://u:12?canary@h/",
                "rtsp://u:1#canary@h/",
                "http://admin:canary@h:99999999/",
                "http://admin:canary %zz@h/",
                "canary:canary@h",
                "canary"
            })
    void repeatsNoAddressThatMayHoldAPassword(String source) {
        List<Problem> problems = Desired.problems("{\"cameras\": {\"front\": {\"source\": \"" + source + "\"}}}");

        assertThat(problems).hasSize(1);
        assertThat(problems.toString()).doesNotContain("canary");
    }

    @Test
    void saysWhereAUserNameBelongs() {
        assertThat(Desired.problems("{\"cameras\": {\"front\": {\"source\": \"rtsp://a:b@h/1\"}}}"))
                .extracting(Problem::problem)
                .containsExactly("holds a user name or password: take them out and set username and password beside it"
                        + " (an @ that belongs to the path is written %40)");
    }

    @Test
    void saysWhichCommandsAreDeclared() {
        assertThat(Desired.problems("{\"cameras\": {\"front\": {\"source\": \"exec:rpicam\"}}}", DECLARED))
                .extracting(Problem::problem)
                .containsExactly(
                        "names a command that this device does not declare; declared are [BROKEN, EMPTY, RPICAM];"
                                + " the owner of the device declares one as EDGECAM_EXEC_NAME with a JSON list of texts");
        assertThat(new DeclaredCommands(DECLARED).arguments("RPICAM")).containsExactly("rpicam-vid", "-o", "-");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://h/cgi?cmd=snap&usr=admin&pwd=canary              | http://h/cgi?***
            https://h:8443/x?a?canary                               | https://h:8443/x?***
            rtsp://h/user=admin&password=canary&channel=1           | rtsp://h/user=admin&password=***&channel=1
            """)
    void showsNoPasswordOfAnAddress(String address, String shown) {
        Parsed.Valid valid = Desired.valid("{\"cameras\": {\"front\": {\"source\": \"" + address + "\"}}}");

        assertThat(valid.toString()).doesNotContain("canary").contains(shown);
        assertThat(valid.settings().cameras().values())
                .allSatisfy(
                        camera -> assertThat(camera.device().source().address()).isEqualTo(address));
    }

    @Test
    void aPasswordNeedsAUserName() {
        assertThat(Desired.problems("{\"cameras\": {\"front\": {\"password\": \"canary\"}}}"))
                .containsExactly(new Problem("cameras.front.password", "is set without a username; set both, or none"));
    }
}
