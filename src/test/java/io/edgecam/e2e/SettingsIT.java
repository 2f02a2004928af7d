package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.Telemetry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The module twin from the cloud's side: what is acknowledged, refused, and in force afterwards. */
@Timeout(180)
class SettingsIT {
    @TempDir
    static Path folder;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.start(folder);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void aRefusedDocumentChangesNothingAndNamesItsMistakes() {
        world.camera.patchDesired("{\"cameras\": {\"front\": {\"heigth\": 480, \"framerate\": \"fast\"}}}");
        long version = world.desiredVersion();

        JsonObject reported = world.camera.awaitReported(
                document -> World.acknowledged(document, "cameras", version, 400), World.PATIENCE);
        JsonObject cameras = reported.getAsJsonObject("cameras");
        assertThat(cameras.get("ad").getAsString())
                .contains("cameras.front.heigth")
                .contains("cameras.front.framerate");
        assertThat(cameras.getAsJsonObject("value")
                        .getAsJsonObject("front")
                        .get("framerate")
                        .getAsInt())
                .isEqualTo(15);
        Telemetry alert = world.camera.awaitTelemetry(
                message -> message.properties().getOrDefault("type", "").equals("settingsRefused"), World.PATIENCE);
        assertThat(alert.text()).contains("cameras.front.heigth");
        world.take("{\"camera\": \"front\"}");

        world.camera.patchDesired("{\"cameras\": {\"front\": {\"heigth\": null, \"framerate\": 10}}}");
        world.awaitSettings();
    }

    @Test
    void aPatchIsMergedAndNullDeletes() {
        world.camera.patchDesired(
                "{\"cameras\": {\"attic\": {\"source\": \"test:\", \"width\": 320, \"height\": 240}}}");
        world.awaitSettings();
        assertThat(world.take("{\"camera\": \"attic\"}").get("width").getAsInt())
                .isEqualTo(320);

        MethodResult unclear = world.call("takePicture", "{}");
        assertThat(unclear.status()).isEqualTo(400);
        assertThat(unclear.payload().toString()).contains("attic").contains("front");

        MethodResult both = world.call("takePicture", "{\"camera\": \"*\"}");
        assertThat(both.object().getAsJsonArray("pictures")).hasSize(2);

        world.camera.patchDesired("{\"cameras\": {\"attic\": null}}");
        world.awaitSettings();
        assertThat(world.call("takePicture", "{\"camera\": \"attic\"}").status())
                .isEqualTo(404);
    }

    @Test
    void whatIsNotActedOnYetIsSaid() {
        world.camera.patchDesired("{\"cameras\": {\"front\": {\"motion\": {\"enabled\": true}}}}");
        world.awaitSettings();
        assertThat(world.camera.reported().getAsJsonObject("cameras").get("ad").getAsString())
                .contains("cameras.front.motion");
        world.camera.patchDesired("{\"cameras\": {\"front\": {\"motion\": null}}}");
        world.awaitSettings();
    }

    @Test
    void aDocumentCanBeTriedBeforeItIsSet() {
        MethodResult good = world.call("validateSettings", "{\"cameras\": {\"front\": {\"source\": \"test:\"}}}");
        assertThat(good.object().get("valid").getAsBoolean()).isTrue();
        assertThat(good.object().getAsJsonArray("restarts").toString()).contains("cameras.front");

        MethodResult bad = world.call("validateSettings", "{\"cameras\": {\"front\": {\"quality\": 101}}}");
        assertThat(bad.status()).isEqualTo(200);
        assertThat(bad.object().get("valid").getAsBoolean()).isFalse();
        assertThat(bad.object().getAsJsonArray("problems").toString()).contains("cameras.front.quality");
    }

    @Test
    void aWrongKeyIsNamedAndEverythingWaitsUntilItIsRight() {
        String wrong = world.azurite
                .connectionString()
                .replace(world.azurite.accountKey(), "d3JvbmcgYWNjb3VudCBrZXkgb2YgdGhlIHRlc3Q=");
        JsonObject storage = new JsonObject();
        storage.addProperty("connectionString", wrong);
        JsonObject patch = new JsonObject();
        patch.add("storage", storage);
        world.camera.patchDesired(patch);
        world.awaitSettings();

        MethodResult result = world.call("takePicture", "{\"camera\": \"front\", \"timeoutSeconds\": 5}");
        assertThat(result.status()).isEqualTo(200);
        assertThat(result.payload().toString()).contains("\"state\":\"spooled\"");
        String id = result.object()
                .getAsJsonArray("pictures")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
        world.camera.awaitReported(
                reported -> reported.getAsJsonObject("storage_status")
                        .get("state")
                        .getAsString()
                        .equals("blocked"),
                World.PATIENCE);

        storage.addProperty("connectionString", world.azurite.connectionString());
        world.camera.patchDesired(patch);
        world.camera.awaitTelemetry(
                message -> message.messageId().filter(id::equals).isPresent()
                        && message.properties().getOrDefault("type", "").equals("pictureStored"),
                World.PATIENCE);
        world.take("{\"camera\": \"front\"}");
    }
}
