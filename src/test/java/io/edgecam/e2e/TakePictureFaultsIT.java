package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.Telemetry;
import io.edgecam.storage.FaultProxy;
import io.edgecam.storage.FaultProxy.Fault;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What takePicture answers while something is wrong: always in time, and the truth. The blob service is reached through a
 * proxy that breaks; the camera {@code attic} accepts and never sends.
 */
@Timeout(180)
class TakePictureFaultsIT {
    @TempDir
    static Path folder;

    private static World world;
    private static FaultProxy way;
    private static FaultProxy line;
    private static ServerSocket silent;

    @BeforeAll
    static void start() throws Exception {
        world = World.start(folder);
        way = new FaultProxy(world.azurite.port());
        int page = freePort();
        line = new FaultProxy(page);
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        world.camera.patchDesired("""
                {"web": {"enabled": true, "port": %d},
                 "cameras": {"attic": {"source": "http://127.0.0.1:%d/stream", "readTimeoutSeconds": 1, "warmUpSeconds": 0},
                             "stream": {"source": "http://127.0.0.1:%d/stream.mjpeg?camera=front", "readTimeoutSeconds": 3,
                                        "warmUpSeconds": 0}}}
                """.formatted(page, silent.getLocalPort(), line.port()));
        world.awaitSettings();
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
        way.close();
        line.close();
        silent.close();
    }

    @BeforeEach
    void goTheOtherWay() {
        JsonObject patch = world.storageAt(way.port());
        patch.getAsJsonObject("storage").addProperty("uploadTimeoutSeconds", 5);
        world.camera.patchDesired(patch);
        world.awaitSettings();
        world.camera.clearTelemetry();
    }

    @AfterEach
    void heal() {
        way.set(Fault.NONE);
        line.set(Fault.NONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"AWAY", "SILENT", "RESET_IN_BODY", "REPLY_LOST"})
    void aPictureThatCannotBeUploadedInTimeIsSpooledAndArrivesLaterWithTheSameId(Fault fault) {
        way.set(fault);

        JsonObject picture = only(order("{\"camera\": \"front\", \"timeoutSeconds\": 6}"));
        assertThat(picture.get("state").getAsString()).isEqualTo("spooled");

        way.set(Fault.NONE);
        arrives(picture);
    }

    @Test
    void withAWrongKeyThePictureIsSpooledAndArrivesWhenTheKeyIsRight() {
        world.camera.patchDesired(wrongKey());
        world.awaitSettings();

        JsonObject picture = only(order("{\"camera\": \"front\", \"timeoutSeconds\": 6}"));
        assertThat(picture.get("state").getAsString()).isEqualTo("spooled");
        world.camera.awaitTelemetry(message -> isOf(message, "storageBlocked"), World.PATIENCE);

        world.camera.patchDesired(world.storageAt(way.port()));
        arrives(picture);
    }

    @Test
    void whoWaitsForTheSpoolOnlyIsNotHeldUpByTheStore() {
        way.set(Fault.SILENT);

        JsonObject picture = only(order("{\"camera\": \"front\", \"waitFor\": \"spooled\", \"timeoutSeconds\": 300}"));

        assertThat(picture.get("state").getAsString()).isEqualTo("spooled");
        way.set(Fault.NONE);
        arrives(picture);
    }

    @Test
    void aCameraThatNeverSendsIsLostAndOneThatMayStillSendIsLate() {
        MethodResult lost = world.call("takePicture", "{\"camera\": \"attic\", \"timeoutSeconds\": 5}");
        assertThat(lost.status()).as("%s", lost.payload()).isEqualTo(503);
        assertThat(code(lost)).isEqualTo("CameraLost");

        world.camera.patchDesired("{\"cameras\": {\"attic\": {\"readTimeoutSeconds\": 30}}}");
        world.awaitSettings();
        MethodResult late = world.call("takePicture", "{\"camera\": \"attic\", \"timeoutSeconds\": 1}");
        world.camera.patchDesired("{\"cameras\": {\"attic\": {\"readTimeoutSeconds\": 1}}}");
        world.awaitSettings();
        assertThat(late.status()).as("%s", late.payload()).isEqualTo(504);
        assertThat(code(late)).isEqualTo("TimedOut");
    }

    @Test
    void oneLostCameraOfSeveralTakesNothingFromTheOthers() {
        MethodResult result = world.call("takePicture", "{\"camera\": \"*\", \"timeoutSeconds\": 12}");

        assertThat(result.status()).as("%s", result.payload()).isEqualTo(503);
        assertThat(result.object().getAsJsonObject("error").get("message").getAsString())
                .contains("attic")
                .doesNotContain("front");
        for (JsonElement picture : result.object().getAsJsonArray("pictures")) {
            assertThat(picture.getAsJsonObject().get("camera").getAsString()).isIn("front", "stream");
            assertThat(picture.getAsJsonObject().get("state").getAsString()).isEqualTo("uploaded");
        }
        assertThat(result.object().getAsJsonArray("pictures")).hasSize(2);
    }

    @Test
    void aCameraThatIsLostInTheMiddleLeavesThePicturesThatAreThere() throws Exception {
        world.take("{\"camera\": \"stream\"}");
        CompletableFuture<MethodResult> running;
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            folder.resolve("spool").register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            running = CompletableFuture.supplyAsync(() -> order("""
                    {"camera": "stream", "count": 5, "intervalSeconds": 3, "waitFor": "spooled", "timeoutSeconds": 15}
                    """));
            watch.take();
        }

        line.set(Fault.SILENT);

        MethodResult result = running.get();
        assertThat(result.status()).as("%s", result.payload()).isEqualTo(503);
        assertThat(code(result)).isEqualTo("CameraLost");
        assertThat(result.object().getAsJsonArray("pictures").size()).isBetween(1, 4);
    }

    @Test
    void aFullSpoolThatRefusesSaysSo() {
        world.camera.patchDesired("""
                {"spool": {"maxSizeMB": 1, "whenFull": "rejectNew"}, "cameras": {"front": {"width": 1280, "height": 720}}}
                """);
        world.awaitSettings();
        way.set(Fault.AWAY);

        MethodResult full =
                order("{\"camera\": \"front\", \"count\": 100, \"waitFor\": \"spooled\", \"timeoutSeconds\": 60}");

        assertThat(full.status()).as("%s", full.payload()).isEqualTo(507);
        assertThat(code(full)).isEqualTo("SpoolFull");
        JsonArray kept = full.object().getAsJsonArray("pictures");
        assertThat(kept).isNotEmpty();
        way.set(Fault.NONE);
        kept.forEach(picture -> arrives(picture.getAsJsonObject()));
        world.camera.patchDesired("{\"spool\": {\"maxSizeMB\": 256, \"whenFull\": \"overwriteOldest\"}}");
        world.awaitSettings();
    }

    @Test
    void whenTooManyOrdersWaitTheNextIsToldSo() {
        way.set(Fault.SILENT);
        send(4, "{\"camera\": \"front\", \"timeoutSeconds\": 90}");
        send(50, "{\"camera\": \"attic\", \"timeoutSeconds\": 1}");
        send(50, "{\"camera\": \"attic\", \"timeoutSeconds\": 1}");

        MethodResult result = order("{\"camera\": \"front\"}");

        assertThat(result.status()).as("%s", result.payload()).isEqualTo(409);
        assertThat(code(result)).isEqualTo("Busy");
        world.camera.awaitTelemetry(message -> isOf(message, "messageRefused"), World.PATIENCE);
        way.set(Fault.NONE);
        List<MethodResult> tries = new ArrayList<>();
        do {
            tries.add(order("{\"camera\": \"front\", \"timeoutSeconds\": 60}"));
        } while (tries.get(tries.size() - 1).status() == 409);
        assertThat(tries.get(tries.size() - 1).status()).isEqualTo(200);
    }

    /** One message of so many orders. */
    private static void send(int count, String order) {
        String orders = String.join(",", Collections.nCopies(count, order));
        world.camera.sendInput("orders", "[" + orders + "]").awaitAcknowledged(World.PATIENCE);
    }

    private static MethodResult order(String request) {
        return world.call("takePicture", request);
    }

    private static JsonObject only(MethodResult result) {
        assertThat(result.status()).as("%s", result.payload()).isEqualTo(200);
        assertThat(result.object().getAsJsonArray("pictures")).hasSize(1);
        return result.object().getAsJsonArray("pictures").get(0).getAsJsonObject();
    }

    private static void arrives(JsonObject picture) {
        String id = picture.get("id").getAsString();
        Telemetry told = world.camera.awaitTelemetry(
                message -> message.messageId().filter(id::equals).isPresent(), World.PATIENCE);
        assertThat(told.properties()).containsEntry("type", "pictureStored");
        assertThat(told.json().get("sha256")).isEqualTo(picture.get("sha256"));
        assertThat(world.blob(picture).getProperties().getMetadata()).containsEntry("id", id);
    }

    private static JsonObject wrongKey() {
        String text = world.storageAt(way.port()).toString().replace(world.azurite.accountKey(), "d3Jvbmc=");
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static String code(MethodResult result) {
        return result.object().getAsJsonObject("error").get("code").getAsString();
    }

    private static boolean isOf(Telemetry message, String type) {
        return type.equals(message.properties().get("type"));
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
