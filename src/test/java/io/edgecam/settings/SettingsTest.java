package io.edgecam.settings;

import static io.edgecam.settings.Desired.camera;
import static io.edgecam.settings.Desired.object;
import static io.edgecam.settings.Desired.problems;
import static io.edgecam.settings.Desired.valid;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgecam.json.MergePatch;
import io.edgecam.json.Problem;
import io.edgecam.settings.DeviceSettings.Kind;
import io.edgecam.settings.DeviceSettings.Source;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SettingsTest {
    @Test
    void everySettingHasADefault() {
        Settings settings = valid("{}").settings();

        assertThat(settings).isEqualTo(Settings.defaults());
        assertThat(settings.cameras()).isEmpty();
        assertThat(settings.storage().place()).isEqualTo(new StorageSettings.Nowhere());
        assertThat(settings.spool().folder()).isEqualTo(Path.of("/spool"));
        assertThat(settings.spool().maxBytes()).isEqualTo(256L * 1024 * 1024);
        assertThat(settings.web().token()).isEqualTo(Secret.NONE);
    }

    @Test
    void theDefaultsOfACameraAreThoseOfTheContract() {
        assertThat(valid("{\"cameras\": {\"front\": {}}}").inForce()).isEqualTo(object("""
                        {
                          "storage": {"connectionString": "", "accountKey": "", "sasUrl": "", "container": "webcam",
                            "createContainer": false, "apiVersion": "", "uploadTimeoutSeconds": 30},
                          "cameras": {"front": {
                            "source": "/dev/video0", "username": "", "password": "", "width": 1280, "height": 720, "framerate": 15,
                            "warmUpSeconds": 1, "readTimeoutSeconds": 5, "idleCloseSeconds": 10, "rotate": 0, "flip": "none",
                            "roi": [0, 0, 1, 1], "privacyMasks": [], "quality": 85,
                            "stamp": {"place": "below", "text": "%Y/%m/%d %H:%M:%S", "title": "", "timezone": "UTC", "heightPixels": 50},
                            "exif": true, "name": "{camera}/%Y/%m/%d/%Y%m%dT%H%M%S.%LZ-{trigger}.jpg", "latest": "picture",
                            "schedule": {"intervalSeconds": 0, "offsetSeconds": 0, "days": "mon-sun", "from": "00:00",
                              "until": "24:00", "timezone": "UTC"},
                            "motion": {"enabled": false, "thresholdPercent": 0.5, "noiseLevel": 32, "minimumMotionFrames": 2,
                              "eventGapSeconds": 60, "lightSwitchPercent": 80, "preCapture": 0, "postCapture": 0,
                              "pictureOutput": "first", "framerate": 5, "masks": []},
                            "ringSeconds": 0, "ringMaxMB": 16}},
                          "spool": {"folder": "/spool", "maxSizeMB": 256, "minFreePercent": 5, "whenFull": "overwriteOldest",
                            "uploadOrder": "oldestFirst"},
                          "web": {"enabled": true, "port": 1337, "token": "", "anonymous": false, "allowedHosts": [],
                            "maxViewers": 32, "streamFramerate": 10},
                          "metrics": {"enabled": true, "port": 9600},
                          "telemetry": {"heartbeatSeconds": 60}
                        }
                        """));
    }

    @Test
    void readsACompleteDocument() {
        Parsed.Valid valid = valid(Desired.COMPLETE);
        CameraSettings front = camera(
                object(Desired.COMPLETE).getAsJsonObject("cameras").get("front").toString());

        assertThat(valid.settings().cameras()).containsOnly(Map.entry("front", front));
        assertThat(front.device().source()).isEqualTo(new Source(Kind.HTTP, "http://192.168.1.20/mjpeg"));
        assertThat(front.device().idleClose()).isEqualTo(Duration.ZERO);
        assertThat(front.look().rotate()).isEqualTo(90);
        assertThat(front.look().flip()).isEqualTo(LookSettings.Flip.HORIZONTAL);
        assertThat(front.look().region()).isEqualTo(new LookSettings.Region(0.1, 0, 0.9, 1));
        assertThat(front.look().privacyMasks().get(0).points()).hasSize(3);
        assertThat(front.look().stamp().timezone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(front.naming().latest()).isEmpty();
        assertThat(front.schedule().days()).isEqualTo(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
        assertThat(front.schedule().fromMinute()).isEqualTo(390);
        assertThat(front.schedule().untilMinute()).isEqualTo(1440);
        assertThat(front.motion().pictureOutput()).isEqualTo(MotionSettings.Output.BEST);
        assertThat(valid.settings().spool().whenFull()).isEqualTo(SpoolSettings.WhenFull.REJECT_NEW);
        assertThat(valid.settings().web().allowedHosts()).containsExactly("cam.local", "10.0.0.4");
    }

    @Test
    void whatIsInForceIsADocumentWithTheSameMeaning() {
        JsonObject desired = object(Desired.COMPLETE);
        JsonObject inForce = valid(Desired.COMPLETE).inForce();
        JsonObject masked = MergePatch.apply(desired, object("""
                {"storage": {"connectionString": "***", "accountKey": "", "sasUrl": ""}, "web": {"token": "***"},
                 "cameras": {"front": {"password": "***"}}}
                """));

        assertThat(inForce).isEqualTo(masked);
    }

    @Test
    void equalDocumentsGiveEqualSettings() {
        assertThat(valid(Desired.COMPLETE).settings())
                .isEqualTo(valid(Desired.COMPLETE).settings());
        assertThat(valid("{\"cameras\": {\"front\": {\"width\": 1280.0}}}").settings())
                .isEqualTo(
                        valid("{\"cameras\": {\"front\": {\"width\": null}}}").settings());
    }

    @Test
    void leavesTheHubsOwnNamesAlone() {
        assertThat(problems("{\"$version\": 7, \"$metadata\": {\"a\": [1]}}")).isEmpty();
        assertThat(problems("{\"web\": {\"$version\": 7}}"))
                .extracting(Problem::path)
                .containsExactly("web.$version");
    }

    @Test
    void aCameraOrAnySettingThatIsNullIsLeftOut() {
        assertThat(valid("{\"cameras\": {\"front\": null, \"back\": {\"stamp\": null}}, \"web\": null}")
                        .settings()
                        .cameras())
                .containsOnlyKeys("back");
    }

    @Test
    void namesEveryMistakeAtOnce() {
        assertThat(problems("""
                        {"cameras": {"front": {"width": "wide", "heigth": 720, "stamp": {"timezone": "Berlin"}}},
                         "web": {"port": 0}, "storge": {}}
                        """))
                .extracting(Problem::toString)
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .isEqualTo("cameras.front.width: must be a whole number from 16 to 7680, not \"wide\""),
                        line -> assertThat(line)
                                .startsWith(
                                        "cameras.front.heigth: is not known here; is height meant? known: [exif, flip,"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "cameras.front.stamp.timezone: is \"Berlin\", which is no time zone of the IANA"
                                                + " list, such as Europe/Berlin or UTC; is Europe/Berlin meant?"),
                        line -> assertThat(line).isEqualTo("web.port: must be a whole number from 1 to 65535, not 0"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "storge: is not known here; is storage meant? known: [cameras, metrics, spool,"
                                                + " storage, telemetry, web]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Front door", "1st", "_a", "a-b", "", "ü", "a23456789012345678901234567890123", "a.b", "../x"})
    void refusesNamesOfCamerasThatAreUnfit(String name) {
        JsonObject cameras = new JsonObject();
        cameras.add(name, new JsonObject());
        JsonObject desired = new JsonObject();
        desired.add("cameras", cameras);

        assertThat(problems(desired, Map.of()))
                .containsExactly(new Problem(
                        "cameras." + name,
                        "must be named by a letter and up to 31 more letters, digits and _, such as front"));
    }

    @Test
    void aDeviceServesOneCameraOnly() {
        assertThat(problems("""
                        {"cameras": {"front": {"source": "/dev/video2"}, "back": {"source": "/dev/video2"}, "side": {}}}
                        """))
                .containsExactly(new Problem(
                        "cameras.back.source",
                        "is /dev/video2, which cameras.front uses already; a device serves one camera only"));
        assertThat(problems("{\"cameras\": {\"a\": {\"source\": \"test:\"}, \"b\": {\"source\": \"test:\"}}}"))
                .isEmpty();
    }

    @Test
    void twoCamerasNeverShareTheNameOfAPicture() {
        assertThat(problems("""
                        {"cameras": {"a": {"source": "test:", "name": "%s%L"}, "b": {"source": "test:", "name": "%s%L"},
                                     "c": {"source": "test:", "name": "c/%s%L"}}}
                        """))
                .extracting(Problem::toString)
                .containsExactly(
                        "cameras.b.name: is the same as that of cameras.a and without {camera}, so two pictures"
                                + " could get one name; put {camera} into it");
    }

    @Test
    void thePageAndTheMetricsNeedAPortEach() {
        assertThat(problems("{\"metrics\": {\"port\": 1337}}"))
                .containsExactly(new Problem("metrics.port", "is 1337, which web.port uses already; choose another"));
        assertThat(problems("{\"metrics\": {\"port\": 1337, \"enabled\": false}}"))
                .isEmpty();
    }

    @Test
    void readsSixteenCamerasAndNoMore() {
        assertThat(problems(cameras(16), Map.of())).isEmpty();
        assertThat(problems(cameras(17), Map.of()))
                .containsExactly(new Problem("cameras", "has 17 entries, at most 16 are possible"));
    }

    @Test
    void oneSentenceForADocumentThatIsTooDeepOrTooLong() {
        JsonArray deep = new JsonArray();
        for (int i = 0; i < 100_000; i++) {
            JsonArray outer = new JsonArray();
            outer.add(deep);
            deep = outer;
        }
        JsonObject tooDeep = new JsonObject();
        tooDeep.add("cameras", deep);
        JsonObject tooLong = new JsonObject();
        tooLong.addProperty("x", "y".repeat(Settings.MAX_BYTES));

        assertThat(problems(tooDeep, Map.of()))
                .containsExactly(new Problem("", "the document is nested deeper than 32 levels"));
        assertThat(problems(tooLong, Map.of()))
                .containsExactly(new Problem("", "the document is 32776 bytes long, at most 32768 are read"));
    }

    @Test
    void tellsPlaceholdersThatTheDeploymentLeft() {
        String fix =
                "still holds a placeholder of the deployment template ($NAME or ${NAME}): set that variable in .env,"
                        + " generate the deployment again and deploy it";

        assertThat(problems("""
                        {"storage": {"connectionString": "AccountName=abc;AccountKey=$BLOB_KEY;EndpointSuffix=x"},
                         "cameras": {"front": {"password": "${CAMERA_PASSWORD}", "username": "u", "width": "$WIDTH"}},
                         "web": {"allowedHosts": ["${HOST}"]}}
                        """))
                .containsExactly(
                        new Problem("storage.connectionString", fix),
                        new Problem("cameras.front.password", fix),
                        new Problem("cameras.front.width", fix),
                        new Problem("web.allowedHosts", fix));
    }

    @Test
    void takesADollarWithinAPassword() {
        assertThat(problems("{\"cameras\": {\"front\": {\"username\": \"u\", \"password\": \"pa$$W0RD$X\"}}}"))
                .isEmpty();
    }

    @Test
    void saysWhatIsSetToNoEffect() {
        assertThat(valid("{}").notYet()).isEmpty();
        assertThat(valid("{\"cameras\": {\"front\": {\"motion\": {\"enabled\": false}, \"ringMaxMB\": 16.0}}}")
                        .notYet())
                .isEmpty();
        assertThat(valid("""
                        {"cameras": {
                           "a": {"source": "rtsp://h/1", "motion": {"enabled": true}},
                           "b": {"source": "http://h/1", "schedule": {"intervalSeconds": 5}, "ringSeconds": 3, "ringMaxMB": 2}}}
                        """).notYet()).containsExactly("cameras.a.motion", "cameras.b.schedule");
    }

    private static JsonObject cameras(int count) {
        JsonObject cameras = new JsonObject();
        for (int i = 0; i < count; i++) {
            cameras.add("c" + i, object("{\"source\": \"test:\"}"));
        }
        JsonObject desired = new JsonObject();
        desired.add("cameras", cameras);
        return desired;
    }
}
