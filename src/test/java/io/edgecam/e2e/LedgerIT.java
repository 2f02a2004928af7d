package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.Telemetry;
import io.edgecam.metrics.Scrape;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ledger after everything that may happen to a picture, compared with the heartbeat, the status and the container. */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LedgerIT {
    private static final String QUICK = "{\"camera\": \"front\", \"waitFor\": \"spooled\"}";

    @TempDir
    static Path folder;

    private static World world;
    private static int taken;
    private static int failed;
    private static int metricsPort;
    private static boolean restarted;

    @BeforeAll
    static void start() throws Exception {
        world = World.start(folder);
        try (ServerSocket free = new ServerSocket(0)) {
            metricsPort = free.getLocalPort();
        }
        world.camera.patchDesired("""
                {"cameras": {"yard": {"source": "http://127.0.0.1:9/", "readTimeoutSeconds": 1}},
                 "telemetry": {"heartbeatSeconds": 5}, "metrics": {"enabled": true, "port": %d}}
                """.formatted(metricsPort));
        world.awaitSettings();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @Order(1)
    void uploadedPicturesAndThoseOfACameraThatIsAwayAreInIt() {
        world.take("{\"camera\": \"front\"}");
        world.take("{\"camera\": \"front\"}");
        taken += 2;
        MethodResult away = world.call("takePicture", "{\"camera\": \"yard\", \"timeoutSeconds\": 3}");
        assertThat(away.status()).isIn(503, 504);

        JsonObject front = ledger("{\"camera\": \"front\"}");
        assertThat(front.get("uploaded").getAsInt()).isEqualTo(2);
        assertThat(front.getAsJsonArray("gaps")).isEmpty();
        JsonObject yard = ledger("{\"camera\": \"yard\"}");
        assertThat(yard.get("failed").getAsInt()).isEqualTo(1);
        assertThat(yard.getAsJsonArray("gaps")
                        .get(0)
                        .getAsJsonObject()
                        .get("reason")
                        .getAsString())
                .isIn("CameraLost", "TimedOut");
    }

    @Test
    @Order(2)
    void badRequestsAreRefusedAndNamedAndNothingIsExpectedOfThem() {
        assertThat(world.call("getLedger", "{\"camera\": \"nobody\"}").status()).isEqualTo(404);
        MethodResult reversed =
                world.call("getLedger", "{\"from\": \"2026-11-21T05:00:00Z\", \"to\": \"2026-11-20T05:00:00Z\"}");
        assertThat(reversed.status()).isEqualTo(400);
        assertThat(reversed.payload().toString()).contains("after 'to'");
        MethodResult wrong = world.call("getLedger", "{\"from\": \"yesterday\", \"until\": 3}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.payload().toString()).contains("from", "until");
        assertThat(world.call("takePicture", "{\"camera\": \"nobody\"}").status())
                .isEqualTo(404);
        assertThat(ledger("{}").get("expected").getAsInt()).isEqualTo(3);
    }

    @Test
    @Order(3)
    void pastFramesThatAreNotKeptAndAFullSpoolAreFailuresWithTheirReason() throws Exception {
        world.camera.patchDesired("{\"cameras\": {\"front\": {\"ringSeconds\": 2}}}");
        world.awaitSettings();
        assertThat(world.call("takePicture", "{\"camera\": \"front\", \"at\": \"-3600s\"}")
                        .status())
                .isEqualTo(409);
        failed++;
        world.camera.patchDesired("""
                {"storage": {"connectionString": "%s"}, "spool": {"maxSizeMB": 1, "whenFull": "rejectNew"}}
                """.formatted(world.azurite.connectionString().replaceAll(":\\d+/", ":9/")));
        world.awaitSettings();
        MethodResult result = world.call("takePicture", QUICK);
        while (result.status() == 200) {
            taken++;
            result = world.call("takePicture", QUICK);
        }
        failed++;
        assertThat(result.status()).as("%s", result.payload()).isEqualTo(507);

        JsonObject front = ledger("{\"camera\": \"front\"}");
        assertThat(front.get("spooled").getAsInt()).isEqualTo(taken - 2);
        assertThat(front.getAsJsonArray("gaps").asList().stream()
                        .map(gap -> gap.getAsJsonObject().get("reason").getAsString()))
                .containsExactlyInAnyOrder("NotInRing", "SpoolFull");
        agree();
    }

    @Test
    @Order(4)
    void aKillLosesNothingAndAtLastItAgreesWithTheContainer() throws Exception {
        world.camera.patchDesired("{\"spool\": {\"maxSizeMB\": 64}}");
        world.awaitSettings();
        long before = spooledFiles();
        world.camera.awaitMethods(World.PATIENCE);
        CompletableFuture<MethodResult> order = world.camera.invokeLater(
                "takePicture",
                JsonParser.parseString(
                        "{\"camera\": \"front\", \"count\": 100, \"waitFor\": \"spooled\", \"timeoutSeconds\": 60}"),
                World.PATIENCE,
                World.PATIENCE);
        while (spooledFiles() < before + 5) {
            Thread.onSpinWait();
        }
        world.process().kill();
        order.cancel(false);
        long left = spooledFiles();
        world.restart(world.camera.environment());
        restarted = true;
        world.camera.patchDesired("{\"telemetry\": {\"heartbeatSeconds\": 4}}");
        world.awaitSettings();
        JsonObject waiting = ledger("{\"camera\": \"front\"}");
        assertThat(waiting.get("spooled").getAsLong()).isEqualTo(left);
        long takenOfTheOrder = left - before;
        assertThat(waiting.get("failed").getAsLong()).as("%s", waiting).isEqualTo(failed + 100 - takenOfTheOrder);
        assertThat(waiting.get("dropped").getAsInt()).isZero();
        agree();

        JsonObject storage = new JsonObject();
        storage.add("storage", world.desired().get("storage"));
        world.camera.patchDesired(storage.toString());
        world.camera.awaitReported(
                reported ->
                        reported.getAsJsonObject("spool_status").get("pictures").getAsInt() == 0,
                World.PATIENCE);
        JsonObject done = agree();
        assertThat(done.get("spooled").getAsInt()).isZero();
        assertThat(done.get("uploaded").getAsLong()).isEqualTo(blobs()).isEqualTo(2 + left);
        assertThat(done.get("expected").getAsInt())
                .isEqualTo(done.get("taken").getAsInt() + done.get("failed").getAsInt());
    }

    /** The ledger of the camera front, which says the same in the status and in the next heartbeat. */
    private static JsonObject agree() throws Exception {
        JsonObject said =
                ledger("{\"camera\": \"front\"}").getAsJsonObject("cameras").getAsJsonObject("front");
        JsonObject status = world.call("getStatus", "{}").object();
        assertThat(status.getAsJsonObject("ledger").getAsJsonObject("front")).isEqualTo(said);
        world.camera.clearTelemetry();
        world.camera.awaitTelemetry(LedgerIT::isHeartbeat, World.PATIENCE);
        JsonObject beat = world.camera.telemetry().stream()
                .filter(LedgerIT::isHeartbeat)
                .findFirst()
                .orElseThrow()
                .json();
        JsonObject camera = beat.getAsJsonObject("cameras").getAsJsonObject("front");
        assertThat(camera.getAsJsonObject("ledger")).isEqualTo(said);
        assertThat(camera.get("pictures").getAsInt())
                .isLessThanOrEqualTo(said.get("taken").getAsInt());
        Scrape metrics = metrics();
        assertThat(counted(metrics, "taken")).isEqualTo(camera.get("pictures").getAsInt());
        if (!restarted) {
            for (String fate : List.of("expected", "taken", "uploaded", "dropped", "failed")) {
                assertThat(counted(metrics, fate))
                        .as(fate)
                        .isEqualTo(said.get(fate).getAsInt());
            }
        }
        return said;
    }

    private static Scrape metrics() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
        return Scrape.of(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body());
    }

    /** Pictures of the camera front with this outcome since the start, whatever ordered them. */
    private static int counted(Scrape metrics, String outcome) {
        return metrics.all("edgecam_pictures_total").entrySet().stream()
                .filter(sample -> outcome.equals(sample.getKey().get("outcome"))
                        && "front".equals(sample.getKey().get("camera")))
                .mapToInt(sample -> sample.getValue().intValue())
                .sum();
    }

    private static boolean isHeartbeat(Telemetry message) {
        return message.json().get("type").getAsString().equals("heartbeat");
    }

    private static JsonObject ledger(String request) {
        MethodResult result = world.call("getLedger", request);
        assertThat(result.status()).as("%s", result.payload()).isEqualTo(200);
        return result.object();
    }

    private static long spooledFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".pic")).count();
        }
    }

    /** The pictures in the container, without the copies of the newest. */
    private static long blobs() {
        return world.container("webcam").listBlobs().stream()
                .filter(blob -> blob.getName().startsWith("front/"))
                .count();
    }
}
