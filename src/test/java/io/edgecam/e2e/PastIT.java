package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.camera.source.BarCode;
import io.edgecam.camera.source.Mark;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of a moment that is over, told by the number that the test camera writes into each of its frames. */
@Timeout(120)
class PastIT {
    @TempDir
    static Path folder;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.start(folder);
        world.camera.patchDesired(JsonParser.parseString("{\"cameras\": {\"front\": {\"ringSeconds\": 60}}}")
                .getAsJsonObject());
        world.awaitSettings();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void aMethodGetsTheFrameOfTheMomentItNames() throws Exception {
        JsonObject then = world.take("{}");
        passTime();

        JsonObject past = world.take("{\"at\": \"" + then.get("capturedAt").getAsString() + "\"}");

        assertThat(mark(past).frame()).isEqualTo(mark(then).frame());
        assertThat(past.get("capturedAt")).isEqualTo(then.get("capturedAt"));
        assertThat(past.get("frameAgeMs").getAsLong()).isPositive();
        assertThat(past.get("blobName")).isNotEqualTo(then.get("blobName"));
    }

    @Test
    void aMethodGetsAFrameSoOldAsItAsks() throws Exception {
        Instant begun = Instant.parse(world.take("{}").get("capturedAt").getAsString());
        while (Instant.now().isBefore(begun.plusSeconds(3))) {
            passTime();
        }

        Instant called = Instant.now();
        JsonObject past = world.take("{\"at\": \"-2s\"}");

        assertThat(mark(past).capturedAt()).isBefore(called.minusMillis(900));
        assertThat(past.get("frameAgeMs").getAsLong()).isBetween(1000L, 3000L);
    }

    @Test
    void aMessageGetsTheFrameOfTheMomentWhenItWasMade() throws Exception {
        JsonObject then = world.take("{}");
        passTime();

        world.camera.clearTelemetry();
        world.camera.sendInput(
                "orders",
                "{\"label\": \"dated\"}".getBytes(StandardCharsets.UTF_8),
                Map.of(),
                Map.of("$.ctime", then.get("capturedAt").getAsString()));
        Telemetry told = world.camera.awaitTelemetry(
                message -> message.properties().getOrDefault("type", "").equals("pictureStored")
                        && message.json().has("label"),
                World.PATIENCE);

        assertThat(mark(told.json()).frame()).isEqualTo(mark(then).frame());
    }

    @Test
    void aMessageThatWaitedTooLongGetsAPictureOfNow() throws Exception {
        Instant sent = Instant.now();
        world.camera.clearTelemetry();
        world.camera.sendInput(
                "orders",
                "image".getBytes(StandardCharsets.UTF_8),
                Map.of(),
                Map.of("$.ctime", sent.minusSeconds(3600).toString()));
        Telemetry told = world.camera.awaitTelemetry(
                message -> message.properties().getOrDefault("trigger", "").equals("message"), World.PATIENCE);

        assertThat(mark(told.json()).capturedAt()).isAfterOrEqualTo(sent.minusMillis(2));
    }

    @Test
    void aMomentThatIsNotKeptIsAnsweredWith409() {
        MethodResult result = world.call("takePicture", "{\"at\": \"-3600s\"}");

        assertThat(result.status()).isEqualTo(409);
        JsonObject error = result.object().getAsJsonObject("error");
        assertThat(error.get("code").getAsString()).isEqualTo("NotInRing");
        assertThat(error.get("message").getAsString()).contains("3600.0 s before the order", "ringSeconds");
    }

    /** 0001-01-01 is what .NET writes for a time that was never set. */
    @Test
    void aMomentBeforeAllTimeIsLikeAnyOtherThatIsNotKept() throws Exception {
        assertThat(world.call("takePicture", "{\"at\": \"0001-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(409);

        world.camera.clearTelemetry();
        world.camera.sendInput(
                "orders",
                "{\"label\": \"undated\"}".getBytes(StandardCharsets.UTF_8),
                Map.of(),
                Map.of("$.ctime", "0001-01-01T00:00:00Z"));
        world.camera.awaitTelemetry(message -> message.text().contains("undated"), World.PATIENCE);
    }

    /** Lets the camera draw some more frames. */
    private static void passTime() {
        world.take("{\"count\": 5}");
    }

    private static Mark mark(JsonObject picture) throws IOException {
        return BarCode.read(world.blob(picture).downloadContent().toBytes()).orElseThrow();
    }
}
