package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.picture.Jpeg;
import io.edgecam.storage.SamplePictures;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIGTERM while the kernel does not answer, played by libraries before the C library: calls to a camera's driver or to the
 * disk of the spool that never return. Needs gcc.
 */
@Timeout(120)
class HangingDeviceIT {
    /** Docker kills after 10 s. */
    private static final int SECONDS = 8;

    private static final String FRONT =
            "\"front\": {\"source\": \"test:\", \"width\": 320, \"height\": 240, \"warmUpSeconds\": 0, \"latest\": \"\"}";
    private static final String USB =
            "\"usb\": {\"source\": \"/dev/video7\", \"width\": 320, \"height\": 240, \"warmUpSeconds\": 0, \"readTimeoutSeconds\": 2}";

    @TempDir
    static Path built;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Path control;
    private int page;

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "LD_PRELOAD is a thing of Linux");
        for (String source : List.of("v4l2/shim", "durability/hanging-disk")) {
            String library = library(source);
            try {
                Process compiler = new ProcessBuilder(
                                "gcc", "-shared", "-fPIC", "-pthread", "-o", library, "src/test/" + source + ".c")
                        .inheritIO()
                        .start();
                assertThat(compiler.waitFor()).isZero();
            } catch (IOException e) {
                assumeTrue(false, "gcc is needed: " + e.getMessage());
            }
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        control = Files.createDirectory(folder.resolve("control"));
        try (ServerSocket free = new ServerSocket(0)) {
            page = free.getLocalPort();
        }
    }

    @Test
    void whileTheDriverOfACameraNeverReturns() throws Exception {
        Map<String, String> played = Map.of(
                "LD_PRELOAD",
                library("v4l2/shim"),
                "SHIM_DEVICE",
                "/dev/video7",
                "SHIM_FRAMES",
                frames().toString(),
                "SHIM_CONTROL",
                control.toString(),
                "SHIM_WIDTH",
                "320",
                "SHIM_HEIGHT",
                "240");
        JsonObject safe;
        try (Program module = module("{" + USB + "}", "{}", played)) {
            module.awaitReady();
            safe = picture(order().join());
            Files.createFile(control.resolve("stuck"));
            await(control.resolve("sticking"));
            CompletableFuture<HttpResponse<String>> hopeless = order();

            module.tellToStop();

            assertThat(module.awaitEnd(SECONDS)).as("%s", module.said()).isZero();
            assertThat(module.lastLine()).endsWith("stopped");
            assertThat(module.said()).contains("camera-usb-source did not stop, stuck at");
            assertThat(answer(hopeless)).doesNotContain("\"spooled\"");
        }
        arriveAfterARestart(safe);
    }

    /** {@code sync}: what is to be forced to disk; {@code all}: whatever changes something. */
    @ParameterizedTest
    @ValueSource(strings = {"sync", "all"})
    void whileTheDiskOfTheSpoolHangs(String calls) throws Exception {
        Map<String, String> hanging = Map.of(
                "LD_PRELOAD", library("durability/hanging-disk"),
                "HANG_FOLDER", folder.resolve("spool").toString(),
                "HANG_CONTROL", control.toString());
        JsonObject one;
        JsonObject two;
        try (Program module = module("{" + FRONT + "}", "{}", hanging)) {
            module.awaitReady();
            one = picture(order().join());
            two = picture(order().join());
            Files.createFile(control.resolve(calls));
            CompletableFuture<HttpResponse<String>> hopeless = order();
            await(control.resolve("stuck"));

            module.tellToStop();

            assertThat(module.awaitEnd(SECONDS)).as("%s", module.said()).isZero();
            assertThat(module.lastLine()).endsWith("stopped");
            assertThat(module.said()).contains("is left behind, stuck at");
            assertThat(answer(hopeless)).doesNotContain("\"spooled\"");
        }
        arriveAfterARestart(one, two);
    }

    private void arriveAfterARestart(JsonObject... pictures) throws Exception {
        Path store = folder.resolve("store");
        try (Program module = module("{" + FRONT + "}", "{\"folder\": \"" + store + "\"}", Map.of())) {
            module.awaitReady();
            for (JsonObject picture : pictures) {
                Path file = store.resolve(picture.get("blobName").getAsString());
                await(file);
                assertThat(Jpeg.of(Files.readAllBytes(file)).sha256())
                        .isEqualTo(picture.get("sha256").getAsString());
            }
        }
    }

    private Program module(String cameras, String storage, Map<String, String> environment) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("settings.json"), """
                {"cameras": %s, "storage": %s, "spool": {"folder": "%s"}, "web": {"port": %d}, "metrics": {"enabled": false}}
                """.formatted(cameras, storage, folder.resolve("spool"), page));
        return Program.start(Program.JAR, environment, List.of("-Xmx96m"), "--settings", settings.toString());
    }

    private CompletableFuture<HttpResponse<String>> order() {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + "/api/pictures"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"waitFor\": \"spooled\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonObject picture(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject body = JsonParser.parseString(answer.body()).getAsJsonObject();
        JsonObject picture = body.getAsJsonArray("pictures").get(0).getAsJsonObject();
        assertThat(picture.get("state").getAsString()).isEqualTo("spooled");
        return picture;
    }

    /** What was said to whom had no luck; nothing if the connection ended without a word. */
    private static String answer(CompletableFuture<HttpResponse<String>> order) {
        try {
            return order.join().body();
        } catch (CompletionException cutOff) {
            return "";
        }
    }

    private static void await(Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            Thread.onSpinWait();
            if (Thread.interrupted()) {
                throw new InterruptedException("the time is up, and there is no " + file);
            }
        }
    }

    /** One frame, as the played camera reads it. */
    private Path frames() throws IOException {
        byte[] frame = SamplePictures.jpeg(1, 320, 240).toBytes();
        return Files.write(
                folder.resolve("frames"),
                ByteBuffer.allocate(4 + frame.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(frame.length)
                        .put(frame)
                        .array());
    }

    private static String library(String source) {
        return built.resolve(source.replace('/', '-') + ".so").toString();
    }
}
