package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.edgecam.metrics.Scrape;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The figures of the module that ships, compared with what it was made to do. */
@Timeout(180)
class MetricsIT {
    private static final int PICTURES = 5;

    @TempDir
    static Path folder;

    private static World world;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        world = World.start(folder);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        world.camera.patchDesired("{\"metrics\": {\"enabled\": true, \"port\": " + port + "}}");
        world.awaitSettings();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void picturesAreCountedByTriggerAndOutcomeWithTheTimesOfTheirStages() throws Exception {
        world.take("{\"camera\": \"front\"}");
        Scrape before = scrape();
        double frameSeconds = 0;
        double uploadSeconds = 0;
        long bytes = 0;
        for (int i = 0; i < PICTURES; i++) {
            JsonObject picture = world.take("{\"camera\": \"front\"}");
            JsonObject timings = picture.getAsJsonObject("timingsMs");
            frameSeconds += timings.get("frame").getAsDouble() / 1000;
            uploadSeconds += timings.get("upload").getAsDouble() / 1000;
            bytes += picture.get("bytes").getAsLong();
        }
        Scrape after = scrape();

        for (String outcome : new String[] {"expected", "taken", "uploaded"}) {
            String[] labels = {"camera", "front", "trigger", "method", "outcome", outcome};
            assertThat(rise(before, after, "edgecam_pictures_total", labels)).isEqualTo(PICTURES);
        }
        for (String stage : new String[] {"frame", "develop", "spool", "upload"}) {
            String[] labels = {"camera", "front", "stage", stage};
            assertThat(rise(before, after, "edgecam_picture_stage_seconds_count", labels))
                    .isEqualTo(PICTURES);
        }
        // what answers say is rounded to milliseconds
        assertThat(rise(before, after, "edgecam_picture_stage_seconds_sum", "camera", "front", "stage", "frame"))
                .isBetween(frameSeconds - 0.001 * PICTURES, frameSeconds + 0.001 * PICTURES);
        assertThat(rise(before, after, "edgecam_picture_stage_seconds_sum", "camera", "front", "stage", "upload"))
                .isBetween(uploadSeconds - 0.001 * PICTURES, uploadSeconds + 0.001 * PICTURES);
        assertThat(rise(before, after, "edgecam_uploaded_bytes_total")).isEqualTo((double) bytes);
        assertThat(rise(before, after, "edgecam_events_total", "type", "pictureStored"))
                .isEqualTo(PICTURES);
        while (scrape().value("edgecam_spool_pictures") > 0) {
            Thread.onSpinWait(); // a picture that was answered as uploaded leaves the spool a little later
        }
        assertThat(after.value("edgecam_storage_state", "state", "ok")).isEqualTo(1);
    }

    @Test
    void aCameraTellsOfItsFramesAndHowItWasOpened() throws Exception {
        world.take("{\"camera\": \"front\"}");
        Scrape scrape = scrape();

        assertThat(scrape.value("edgecam_camera_up", "camera", "front")).isEqualTo(1);
        assertThat(scrape.value("edgecam_camera_live", "camera", "front")).isEqualTo(1);
        assertThat(scrape.value("edgecam_camera_frames_total", "camera", "front"))
                .isPositive();
        assertThat(scrape.value("edgecam_camera_opens_total", "camera", "front"))
                .isPositive();
        assertThat(scrape.value("edgecam_camera_open_seconds", "camera", "front"))
                .isPositive();
        assertThat(scrape.value("edgecam_camera_frame_age_seconds", "camera", "front"))
                .isBetween(0.0, 10.0);
        assertThat(scrape.value("edgecam_camera_frames_dropped_total", "camera", "front", "reason", "damaged"))
                .isZero();
    }

    @Test
    void aFailedPictureAndANewConnectionCount() throws Exception {
        Scrape before = scrape();
        world.camera.patchDesired("{\"cameras\": {\"gone\": {\"source\": \"/dev/video99\"}}}");
        world.awaitSettings();
        assertThat(world.call("takePicture", "{\"camera\": \"gone\", \"timeoutSeconds\": 8}")
                        .status())
                .isEqualTo(503);
        int connects = world.camera.connects();
        world.edge.faults().dropConnections();
        world.camera.awaitConnects(connects + 1, World.PATIENCE);
        world.camera.awaitMethods(World.PATIENCE);
        Scrape after = scrape();
        while (rise(before, after, "edgecam_hub_reconnects_total") == 0) {
            world.call("getStatus", "{}");
            after = scrape();
        }

        assertThat(after.value("edgecam_pictures_total", "camera", "gone", "trigger", "method", "outcome", "failed"))
                .isEqualTo(1);
        assertThat(after.value("edgecam_camera_up", "camera", "gone")).isZero();
        assertThat(after.value("edgecam_hub_connected")).isEqualTo(1);
        assertThat(after.value("edgecam_telemetry_dropped_total")).isZero();
    }

    @Test
    void theProcessIsMeasured() throws Exception {
        Scrape scrape = scrape();

        assertThat(scrape.value("edgecam_jvm_threads")).isGreaterThan(5);
        assertThat(scrape.value("edgecam_jvm_heap_bytes")).isLessThan(scrape.value("edgecam_jvm_heap_max_bytes"));
        assertThat(scrape.value("edgecam_process_resident_bytes")).isGreaterThan(10_000_000);
        assertThat(scrape.value("edgecam_process_open_files")).isGreaterThan(5);
    }

    @Test
    void onlyTheOnePathIsThere() throws Exception {
        assertThat(ask("/").statusCode()).isEqualTo(404);
        assertThat(ask("/metrics").headers().firstValue("Content-Type").orElse(""))
                .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(ask("/metrics").body()).contains("iothub=\"" + world.edge.hubHost() + "\"");
    }

    private static double rise(Scrape before, Scrape after, String name, String... labels) {
        return after.value(name, labels) - before.value(name, labels);
    }

    private static Scrape scrape() throws Exception {
        HttpResponse<String> answer = ask("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        return Scrape.of(answer.body());
    }

    private static HttpResponse<String> ask(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
