package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.Telemetry;
import io.edgecam.storage.FaultProxy;
import io.edgecam.storage.FaultProxy.Fault;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM at bad moments: it ends in time with 0, and what was acknowledged is on disk. */
@Timeout(120)
class StoppingIT {
    /** Docker kills after 10 s. */
    private static final int SECONDS = 8;

    private static final List<String> OPTIONS = List.of("-Xmx96m");

    @TempDir
    Path folder;

    @Test
    void whileCamerasAStoreAndViewersHang() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = freePort();
            Path settings = Files.writeString(folder.resolve("settings.json"), """
                    {"cameras": {"front": {"source": "test:", "width": 320, "height": 240, "warmUpSeconds": 0},
                                 "exec": {"source": "exec:SILENT"},
                                 "http": {"source": "http://127.0.0.1:%1$d/stream"},
                                 "rtsp": {"source": "rtsp://127.0.0.1:%1$d/stream"}},
                     "storage": {"accountName": "acct", "accountKey": "a2V5", "endpoint": "http://127.0.0.1:%1$d/acct"},
                     "spool": {"folder": "%2$s"}, "web": {"port": %3$d}}
                    """.formatted(
                            silent.getLocalPort(), folder.resolve("spool"), port));
            try (Program module = Program.start(
                    Program.JAR,
                    Map.of("EDGECAM_EXEC_SILENT", "[\"sleep\", \"60\"]"),
                    OPTIONS,
                    "--settings",
                    settings.toString())) {
                module.awaitReady();
                String page = "http://127.0.0.1:" + port;
                HttpClient client = HttpClient.newHttpClient();
                InputStream viewer = client.send(
                                HttpRequest.newBuilder(URI.create(page + "/stream.mjpeg?camera=front"))
                                        .build(),
                                BodyHandlers.ofInputStream())
                        .body();
                assertThat(viewer.readNBytes(1000)).hasSize(1000);
                CompletableFuture<HttpResponse<String>> uploading;
                try (WatchService watch = FileSystems.getDefault().newWatchService()) {
                    folder.resolve("spool").register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                    uploading = order(client, page, "{\"camera\": \"front\"}");
                    watch.take();
                }
                List<CompletableFuture<HttpResponse<String>>> hopeless = new ArrayList<>();
                for (String camera : new String[] {"exec", "http", "rtsp"}) {
                    hopeless.add(order(client, page, "{\"camera\": \"" + camera + "\"}"));
                    module.await(line -> line.contains("Camera " + camera) && line.contains("lost"));
                }

                module.tellToStop();

                assertThat(module.awaitEnd(SECONDS)).as("%s", module.said()).isZero();
                assertThat(module.lastLine()).endsWith("stopped");
                assertThat(uploading.get().body()).contains("\"state\":\"spooled\"");
                assertThat(spooled()).isEqualTo(1);
                assertThat(hopeless).hasSize(3);
            }
        }
    }

    @Test
    void anOrderThatWaitsForItsUploadIsAnsweredWithWhatIsSafe() throws Exception {
        try (World world = World.start(folder);
                FaultProxy way = new FaultProxy(world.azurite.port())) {
            way.set(Fault.SILENT);
            world.camera.patchDesired(world.storageAt(way.port()));
            world.awaitSettings();
            world.camera.awaitMethods(World.PATIENCE);
            CompletableFuture<MethodResult> running = CompletableFuture.supplyAsync(
                    () -> world.camera.invoke("takePicture", "{\"timeoutSeconds\": 30}", World.PATIENCE));
            way.awaitStrikes(1);

            world.process().close();

            assertThat(world.process().awaitEnd()).isZero();
            JsonObject answer = running.get().object();
            assertThat(running.get().status()).isEqualTo(503);
            assertThat(answer.getAsJsonObject("error").get("code").getAsString())
                    .isEqualTo("Stopping");
            JsonObject picture = answer.getAsJsonArray("pictures").get(0).getAsJsonObject();
            assertThat(picture.get("state").getAsString()).isEqualTo("spooled");

            way.set(Fault.NONE);
            world.restart(world.camera.environment());
            String id = picture.get("id").getAsString();
            Telemetry told = world.camera.awaitTelemetry(
                    message -> message.messageId().filter(id::equals).isPresent(), World.PATIENCE);
            assertThat(told.properties()).containsEntry("type", "pictureStored");
        }
    }

    @Test
    void whileTheHubIsAwayAndWhileItIsSilent() throws Exception {
        try (World world = World.start(folder)) {
            world.take("{}");
            world.edge.faults().silence(true);
            world.process().close();
            assertThat(world.process().awaitEnd()).isZero();

            world.edge.faults().heal();
            world.restart(world.camera.environment());
            world.take("{}");
            world.edge.faults().stopListening(true);
            world.camera.awaitDisconnected(World.PATIENCE);
            world.process().close();
            assertThat(world.process().awaitEnd()).isZero();
        }
    }

    private long spooled() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".pic")).count();
        }
    }

    private static CompletableFuture<HttpResponse<String>> order(HttpClient client, String page, String body) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create(page + "/api/pictures"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
