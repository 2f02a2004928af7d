package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.camera.source.BarCode;
import io.edgecam.camera.source.RtspServer;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.Telemetry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One module with a camera of each kind that needs no device, all named in the twin: RTSP from a real ffmpeg, MJPEG and
 * snapshots over HTTP (from the module's own page), a program that streams, one that takes stills, and a folder.
 */
@Timeout(180)
class CamerasIT {
    @TempDir
    static Path folder;

    private static World world;
    private static RtspServer gate;

    @BeforeAll
    static void start() throws Exception {
        world = World.start(folder);
        JsonObject picture = world.take("{}");
        byte[] still = world.blob(picture).downloadContent().toBytes();
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Path file = Files.write(pictures.resolve("still.jpg"), still);
        Map<String, String> environment = new TreeMap<>(world.camera.environment());
        environment.put(
                "EDGECAM_EXEC_STREAM",
                "[\"ffmpeg\",\"-v\",\"error\",\"-re\",\"-f\",\"lavfi\",\"-i\",\"testsrc=size=320x240:rate=10\","
                        + "\"-c:v\",\"mjpeg\",\"-f\",\"mjpeg\",\"pipe:1\"]");
        environment.put("EDGECAM_EXEC_STILL", "[\"cat\",\"" + file + "\"]");
        world.restart(environment);
        int port = freePort();
        gate = RtspServer.h264(15);
        String page = "http://127.0.0.1:" + port;
        world.camera.patchDesired("""
                {"web": {"enabled": true, "port": %d},
                 "cameras": {"front": {"stamp": {"place": "none"}},
                             "gate": {"source": "%s", "framerate": 15, "warmUpSeconds": 0, "stamp": {"place": "none"}},
                             "stream": {"source": "%s/stream.mjpeg?camera=front", "warmUpSeconds": 0},
                             "snapshot": {"source": "%s/image.jpg?camera=front", "framerate": 5, "warmUpSeconds": 0},
                             "program": {"source": "exec:STREAM", "warmUpSeconds": 0},
                             "still": {"source": "exec:STILL", "framerate": 5, "warmUpSeconds": 0},
                             "folder": {"source": "folder:%s", "framerate": 5, "warmUpSeconds": 0}}}
                """.formatted(port, gate.address(), page, page, pictures));
        world.awaitSettings();
    }

    @AfterAll
    static void stop() throws Exception {
        gate.close();
        world.close();
    }

    @Test
    void eachKindOfCameraGivesAPicture() throws Exception {
        MethodResult result = world.call("takePicture", "{\"camera\": \"*\", \"timeoutSeconds\": 30}");

        assertThat(result.status()).as("%s", result.payload()).isEqualTo(200);
        JsonArray pictures = result.object().getAsJsonArray("pictures");
        assertThat(pictures).hasSize(7);
        for (JsonElement picture : pictures) {
            BufferedImage seen = ImageIO.read(new ByteArrayInputStream(
                    world.blob(picture.getAsJsonObject()).downloadContent().toBytes()));
            assertThat(seen.getWidth())
                    .isEqualTo(picture.getAsJsonObject().get("width").getAsInt());
        }
    }

    @Test
    void networkCamerasShowWhatWasThereAfterTheOrder() throws Exception {
        for (String camera : new String[] {"stream", "snapshot"}) {
            Instant ordered = Instant.now();
            byte[] seen = world.blob(world.take("{\"camera\": \"" + camera + "\"}"))
                    .downloadContent()
                    .toBytes();

            assertThat(BarCode.read(seen).orElseThrow().capturedAt()).as(camera).isAfter(ordered.minusSeconds(1));
        }
    }

    @Test
    void aLostCameraIsToldOfAndComesBackByItselfWhileTheOthersGoOn() throws Exception {
        world.take("{\"camera\": \"gate\"}");
        world.camera.clearTelemetry();
        gate.leave();

        MethodResult lost = orderUntilTheLastFrameOnItsWayHasCome();
        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.payload().toString()).contains("CameraLost", "cannot be reached");
        Telemetry alert = world.camera.awaitTelemetry(message -> isAbout(message, "cameraLost"), World.PATIENCE);
        assertThat(alert.properties()).containsEntry("camera", "gate");
        world.take("{\"camera\": \"front\"}");

        gate.comeBack();
        assertThat(BarCode.read(world.blob(world.take("{\"camera\": \"gate\"}"))
                        .downloadContent()
                        .toBytes()))
                .isPresent();
        world.camera.awaitTelemetry(message -> isAbout(message, "cameraFound"), World.PATIENCE);
    }

    private static MethodResult orderUntilTheLastFrameOnItsWayHasCome() {
        MethodResult result = order();
        for (int more = 0; more < 10 && result.status() == 200; more++) {
            result = order();
        }
        return result;
    }

    private static MethodResult order() {
        return world.call("takePicture", "{\"camera\": \"gate\", \"timeoutSeconds\": 8}");
    }

    private static boolean isAbout(Telemetry message, String type) {
        return message.properties().getOrDefault("type", "").equals(type);
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
