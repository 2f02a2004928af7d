package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobProperties;
import com.google.gson.JsonObject;
import io.edgecam.camera.source.BarCode;
import io.edgecam.camera.source.Mark;
import io.edgecam.localedge.Input;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.Telemetry;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job with real parts: the shipped jar, the official SDKs, a blob service, and a picture that says when it was. */
@Timeout(180)
class TakePictureIT {
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
    void aMethodGivesAPictureTakenAfterTheCallWhoseBytesAreInTheContainer() throws Exception {
        Instant ordered = Instant.now();
        JsonObject picture = world.take("{\"camera\": \"front\"}");

        byte[] stored = world.blob(picture).downloadContent().toBytes();
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stored)))
                .isEqualTo(picture.get("sha256").getAsString());
        assertThat(stored).hasSize(picture.get("bytes").getAsInt());
        Mark mark = BarCode.read(stored).orElseThrow();
        assertThat(mark.capturedAt()).isAfterOrEqualTo(ordered.minusMillis(2));
        assertThat(Duration.between(
                                mark.capturedAt(),
                                Instant.parse(picture.get("capturedAt").getAsString()))
                        .abs())
                .isLessThan(Duration.ofMillis(50));
        assertThat(picture.get("trigger").getAsString()).isEqualTo("method");
        assertThat(picture.get("height").getAsInt()).isEqualTo(480 + 50);
    }

    @Test
    void theBlobCarriesWhoWhenAndWhy() throws Exception {
        JsonObject picture = world.take("{\"label\": \"experiment_7\"}");

        BlobProperties properties = world.blob(picture).getProperties();
        assertThat(properties.getContentType()).isEqualTo("image/jpeg");
        assertThat(properties.getContentMd5()).isNotNull();
        assertThat(properties.getMetadata())
                .containsEntry("camera", "front")
                .containsEntry("id", picture.get("id").getAsString())
                .containsEntry("trigger", "method")
                .containsEntry("frozen", "0")
                .containsEntry("covered", "0");
        assertThat(Integer.parseInt(properties.getMetadata().get("brightness"))).isBetween(40, 220);
        assertThat(Integer.parseInt(properties.getMetadata().get("sharpness"))).isPositive();
        BlobClient latest = world.container("webcam").getBlobClient("picture");
        while (!latest.exists()) {
            Thread.onSpinWait(); // it comes after the picture itself
        }
        assertThat(latest.downloadContent().toBytes()).isNotEmpty();
    }

    @Test
    void theStoredPictureIsToldToTheCloudWithTheProperties() {
        JsonObject picture = world.take("{}");
        String id = picture.get("id").getAsString();

        Telemetry told = world.camera.awaitTelemetry(
                message -> message.messageId().filter(id::equals).isPresent(), World.PATIENCE);
        assertThat(told.output()).isEqualTo("pictures");
        assertThat(told.contentType()).contains("application/json");
        assertThat(told.contentEncoding()).contains("utf-8");
        assertThat(told.correlationId()).contains(id);
        assertThat(told.properties())
                .containsAllEntriesOf(
                        Map.of("type", "pictureStored", "camera", "front", "trigger", "method", "schema", "1"));
        JsonObject body = told.json();
        assertThat(body.get("state").getAsString()).isEqualTo("uploaded");
        assertThat(body.get("device").getAsString()).isEqualTo(world.edge.deviceId());
        assertThat(body.get("module").getAsString()).isEqualTo(World.MODULE);
        assertThat(body.get("sha256")).isEqualTo(picture.get("sha256"));
    }

    @Test
    void routedMessagesTakePictures() {
        for (String body : new String[] {"image", "IMAGE", "{\"label\": \"by_object\"}", ""}) {
            world.camera.clearTelemetry();
            Input input = world.camera.sendInput("orders", body);
            input.awaitAcknowledged(World.PATIENCE);
            Telemetry told = world.camera.awaitTelemetry(
                    message -> message.properties().getOrDefault("trigger", "").equals("message"), World.PATIENCE);
            assertThat(told.properties()).containsEntry("type", "pictureStored");
        }
    }

    @Test
    void anArrayOfOrdersTakesAsManyPictures() {
        world.camera.clearTelemetry();
        world.camera.sendInput("orders", "[{\"label\": \"one\"}, {\"label\": \"two\"}]");

        for (String label : new String[] {"one", "two"}) {
            world.camera.awaitTelemetry(
                    message -> message.properties().getOrDefault("type", "").equals("pictureStored")
                            && message.json().has("label")
                            && message.json().get("label").getAsString().equals(label),
                    World.PATIENCE);
        }
    }

    @Test
    void aMessageThatCannotBeReadIsDoneWithAndToldOf() {
        world.camera.clearTelemetry();
        Input input = world.camera.sendInput("orders", "{\"camera\": ");
        input.awaitAcknowledged(World.PATIENCE);

        Telemetry told = world.camera.awaitTelemetry(
                message -> message.properties().getOrDefault("type", "").equals("messageRefused"), World.PATIENCE);
        assertThat(told.output()).isEqualTo("alerts");
        assertThat(input.deliveries()).isEqualTo(1);
        world.take("{}");
    }

    @Test
    void aWrongRequestIsAnsweredWithEveryMistakeByPath() {
        MethodResult result =
                world.call("takePicture", "{\"camra\": \"front\", \"count\": 0, \"timeoutSeconds\": \"5\"}");

        assertThat(result.status()).isEqualTo(400);
        JsonObject error = result.object().getAsJsonObject("error");
        assertThat(error.get("code").getAsString()).isEqualTo("BadRequest");
        assertThat(error.getAsJsonArray("details").toString())
                .contains("\"path\":\"camra\"")
                .contains("\"path\":\"count\"")
                .contains("\"path\":\"timeoutSeconds\"");
    }

    @Test
    void unknownCamerasAndMethodsAreNotFound() {
        MethodResult camera = world.call("takePicture", "{\"camera\": \"attic\"}");
        assertThat(camera.status()).isEqualTo(404);
        assertThat(camera.payload().toString()).contains("UnknownCamera").contains("front");

        MethodResult method = world.call("makeCoffee", "{}");
        assertThat(method.status()).isEqualTo(404);
        assertThat(method.payload().toString()).contains("UnknownMethod").contains("takePicture");
    }

    @Test
    void methodNamesMayBeWrittenInAnyLetterCase() {
        assertThat(world.call("TAKEPICTURE", "{}").status()).isEqualTo(200);
        assertThat(world.call("getstatus", "{}").status()).isEqualTo(200);
    }

    @Test
    void severalPicturesInOneOrderAreSeveralFrames() throws Exception {
        MethodResult result = world.call("takePicture", "{\"count\": 3}");

        assertThat(result.status()).isEqualTo(200);
        var pictures = result.object().getAsJsonArray("pictures");
        assertThat(pictures).hasSize(3);
        long before = -1;
        for (var picture : pictures) {
            byte[] stored =
                    world.blob(picture.getAsJsonObject()).downloadContent().toBytes();
            long frame = BarCode.read(stored).orElseThrow().frame();
            assertThat(frame).isGreaterThan(before);
            before = frame;
        }
    }

    @Test
    void theStatusTellsTheStateAndNoSecret() {
        String status = world.call("getStatus", "{}").payload().toString();

        assertThat(status)
                .contains("\"cameras_status\"")
                .contains("\"storage_status\"")
                .contains("\"uptimeSeconds\"");
        assertThat(status).doesNotContain(world.azurite.accountKey());
        assertThat(world.camera.reported().toString()).contains("\"***\"").doesNotContain(world.azurite.accountKey());
    }

    @Test
    void theStoreAndTheCameraCanBeTested() {
        MethodResult store = world.call("testStorage", "{}");
        assertThat(store.status()).as("%s", store.payload()).isEqualTo(200);
        MethodResult camera = world.call("testCamera", "{\"camera\": \"front\"}");
        assertThat(camera.status()).as("%s", camera.payload()).isEqualTo(200);
        assertThat(camera.object().get("width").getAsInt()).isEqualTo(640);
    }
}
