package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.camera.source.BarCode;
import io.edgecam.localedge.Azurite;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stranger sees: the demo becomes ready, and its commands do what the README says. */
@Timeout(240)
class DemoIT {
    private static final Path FOLDER = Path.of("target", "demo");

    private static final Map<String, String> said = new LinkedHashMap<>();
    private static Process demo;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Azurite.find(Path.of("")).isAvailable(), "the demo with Azurite needs Node 20");
        Files.createDirectories(FOLDER);
        demo = java("io.edgecam.localedge.demo.Demo", FOLDER.toString(), "--port", "21337");
        BufferedReader lines = demo.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(line);
            if (line.equals("ready")) {
                break;
            }
            int blank = line.indexOf(' ');
            said.put(blank < 0 ? line : line.substring(0, blank), line.substring(blank + 1));
        }
        Thread drain = new Thread(() -> lines.lines().forEach(System.out::println), "demo-output");
        drain.setDaemon(true);
        drain.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (demo != null) {
            demo.destroy();
            assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(FOLDER.resolve("demo.json")).doesNotExist();
        }
    }

    @Test
    void saysWhereToLookBeforeItIsReady() {
        assertThat(said.get("page")).startsWith("http://localhost:");
        assertThat(said.get("blob")).contains("BlobEndpoint=http://127.0.0.1:");
        assertThat(said.get("edge")).matches("localhost:\\d+");
    }

    @Test
    void aCallPutsAPictureOfAfterTheCallIntoTheContainer() throws Exception {
        Instant ordered = Instant.now();
        Process call = command("call", "takePicture", "{\"camera\":\"front\"}");
        JsonObject answer = JsonParser.parseString(output(call)).getAsJsonObject();

        assertThat(call.waitFor()).isZero();
        assertThat(answer.get("status").getAsInt()).as("%s", answer).isEqualTo(200);
        JsonObject picture = answer.getAsJsonObject("payload")
                .getAsJsonArray("pictures")
                .get(0)
                .getAsJsonObject();
        byte[] stored = webcam().getBlobClient(picture.get("blobName").getAsString())
                .downloadContent()
                .toBytes();
        assertThat(BarCode.read(stored).orElseThrow().capturedAt()).isAfter(ordered);
        assertThat(io.edgecam.picture.Jpeg.of(stored).sha256())
                .isEqualTo(picture.get("sha256").getAsString());
    }

    @Test
    void aCallThatFailsSaysSoInItsExitCode() throws Exception {
        Process call = command("call", "takePicture", "{\"camera\":\"attic\"}");

        assertThat(output(call)).contains("\"status\":404");
        assertThat(call.waitFor()).isEqualTo(1);
    }

    @Test
    void theTwinIsPatchedAndPrinted() throws Exception {
        assertThat(command("twin", "{\"cameras\":{\"yard\":{\"framerate\":5}}}").waitFor())
                .isZero();
        assertThat(output(command("twin"))).contains("\"framerate\": 5");
    }

    @Test
    void aNullInAPatchTakesAPropertyOutOfTheTwin() throws Exception {
        assertThat(output(command("twin", "{\"telemetry\":{\"heartbeatSeconds\":77}}")))
                .contains("\"heartbeatSeconds\": 77");
        assertThat(JsonParser.parseString(output(command("twin", "{\"telemetry\":null}")))
                        .getAsJsonObject()
                        .getAsJsonObject("properties")
                        .getAsJsonObject("desired")
                        .has("telemetry"))
                .isFalse();
    }

    @Test
    void aMessageThatWasSentIsSaidToBe() throws Exception {
        Process send = command("send", "{\"camera\":\"yard\"}");
        assertThat(output(send)).contains("sent to the input orders");
        assertThat(send.waitFor()).isZero();
    }

    @Test
    void theEnvironmentOfAnIdeIsPrinted() throws Exception {
        assertThat(output(command("env")))
                .contains("export EdgeHubConnectionString='HostName=")
                .contains("export EdgeModuleCACertificateFile=");
    }

    private static BlobContainerClient webcam() {
        return new BlobServiceClientBuilder()
                .connectionString(said.get("blob"))
                .serviceVersion(BlobServiceVersion.V2025_11_05)
                .buildClient()
                .getBlobContainerClient("webcam");
    }

    private static Process command(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("./demo"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Process java(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                "target/test-classes:" + Files.readString(Path.of("target", "localedge.classpath"))));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
