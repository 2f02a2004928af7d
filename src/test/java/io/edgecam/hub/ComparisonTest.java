package io.edgecam.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.edgecam.event.Events;
import io.edgecam.json.Json;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page is told of the twin's wish beside what is in force. */
@Timeout(20)
class ComparisonTest {
    private final BlockingQueue<JsonObject> said = new LinkedBlockingQueue<>();
    private final Control control =
            new Control(new JsonObject(), Map.of(), said::add, new Events(), InstantSource.system());

    @BeforeEach
    void start() {
        control.start(settings -> {});
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void nothingWasAskedYet() {
        assertThat(control.comparison()).hasToString("{\"state\":\"none\"}");
    }

    @Test
    void aWishThatIsInForceDiffersInNothing() throws Exception {
        wish(3, "{\"cameras\": {\"front\": {\"source\": \"test:\", \"quality\": 70}}}");

        assertThat(control.comparison()).isEqualTo(json("""
                {"state": "taken", "version": 3, "versionInForce": 3, "notYet": [],
                 "asked": {"cameras": {"front": {"source": "test:", "quality": 70}}}}"""));
    }

    @Test
    void whatThisVersionDoesNotActOnIsNamed() throws Exception {
        wish(3, "{\"cameras\": {\"front\": {\"schedule\": {\"intervalSeconds\": 60}}}}");

        assertThat(control.comparison().get("notYet")).hasToString("[\"cameras.front.schedule\"]");
    }

    @Test
    void aRefusedWishIsSetBesideWhatIsInForceByPath() throws Exception {
        wish(3, "{\"cameras\": {\"front\": {\"source\": \"test:\", \"quality\": 70, \"framerate\": 5}}}");
        wish(4, """
                {"cameras": {"front": {"source": "test:", "quality": 850, "heigth": 720, "width": 640}},
                 "web": {"token": "too short"}}""");

        JsonObject told = control.comparison();
        assertThat(told.get("state").getAsString()).isEqualTo("refused");
        assertThat(told.get("version").getAsInt()).isEqualTo(4);
        assertThat(told.get("versionInForce").getAsInt()).isEqualTo(3);
        assertThat(row(told, "cameras.front.quality")).isEqualTo(json("""
                {"path": "cameras.front.quality", "inForce": 70, "asked": 850,
                 "problems": ["must be a whole number from 1 to 100, not 850"]}"""));
        assertThat(row(told, "cameras.front.heigth").get("asked").getAsInt()).isEqualTo(720);
        assertThat(row(told, "cameras.front.heigth").has("inForce")).isFalse();
        assertThat(row(told, "web.token").get("asked").getAsString()).isEqualTo("***");
        assertThat(row(told, "cameras.front.width"))
                .as("right, but not taken up")
                .isEqualTo(json(
                        "{\"path\": \"cameras.front.width\", \"inForce\": 1280, \"asked\": 640, \"problems\": []}"));
        assertThat(row(told, "cameras.front.framerate"))
                .as("left out, so it would be the usual one")
                .isEqualTo(json("{\"path\": \"cameras.front.framerate\", \"inForce\": 5, \"problems\": []}"));
        assertThat(paths(told))
                .containsExactlyInAnyOrder(
                        "cameras.front.quality",
                        "cameras.front.heigth",
                        "web.token",
                        "cameras.front.width",
                        "cameras.front.framerate");
        assertThat(paths(told)).as("what is wrong comes first").endsWith("cameras.front.framerate");
    }

    @Test
    void camerasThatComeAndGoAreShownByWhatWasSaidOfThem() throws Exception {
        wish(3, "{\"cameras\": {\"front\": {\"source\": \"test:\"}}}");
        wish(4, "{\"cameras\": {\"yard\": {\"source\": \"test:\", \"quality\": 850, \"width\": 640}}}");

        assertThat(paths(control.comparison()))
                .containsExactlyInAnyOrder(
                        "cameras.yard.quality", "cameras.front", "cameras.yard.source", "cameras.yard.width");
    }

    @Test
    void aMistakeOfTheWholeDocumentHasNoPath() throws Exception {
        wish(3, "{\"web\": {\"x\": \"" + "y".repeat(40_000) + "\"}}");

        JsonObject told = control.comparison();
        assertThat(told.has("versionInForce")).isFalse();
        assertThat(paths(told)).containsExactly("");
        assertThat(row(told, "").get("problems").toString()).contains("at most 32768 are read");
        assertThat(row(told, "").has("inForce")).isFalse();
    }

    @Test
    void noProblemRepeatsASecret() throws Exception {
        wish(3, "{\"web\": {\"port\": \"sig=c4n4ry\"}, \"rtsp://u:c4n4ry@h\": 1}");

        assertThat(control.comparison().toString()).doesNotContain("c4n4ry");
    }

    @Test
    void aWishThatIsMendedDiffersInNothingAgain() throws Exception {
        wish(3, "{\"web\": {\"port\": 0}}");
        wish(4, "{\"web\": {\"port\": 1338}}");

        assertThat(control.comparison().has("differences")).isFalse();
        assertThat(control.comparison().get("state").getAsString()).isEqualTo("taken");
    }

    private void wish(long version, String desired) throws Exception {
        control.wish(json(desired), version);
        said.take();
    }

    private static JsonObject row(JsonObject comparison, String path) {
        return comparison.getAsJsonArray("differences").asList().stream()
                .map(row -> row.getAsJsonObject())
                .filter(row -> row.get("path").getAsString().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> paths(JsonObject comparison) {
        return comparison.getAsJsonArray("differences").asList().stream()
                .map(row -> row.getAsJsonObject().get("path").getAsString())
                .toList();
    }

    private static JsonObject json(String text) throws Exception {
        return Json.parseObject(text);
    }
}
