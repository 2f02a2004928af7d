package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AzureSasCredential;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodRequestOptions;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodResponse;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodsClient;
import com.microsoft.azure.sdk.iot.service.twin.Twin;
import com.microsoft.azure.sdk.iot.service.twin.TwinClient;
import io.edgecam.camera.source.BarCode;
import io.edgecam.localedge.LocalModule;
import io.edgecam.localedge.NodeScripts;
import io.edgecam.localedge.Telemetry;
import io.edgecam.picture.Jpeg;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job, ordered by Microsoft's own clients as they are, in Java and in Node. */
@Timeout(300)
class MicrosoftClientsIT {
    private static final SSLSocketFactory BEFORE = HttpsURLConnection.getDefaultSSLSocketFactory();

    @TempDir
    static Path folder;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        NodeScripts.install();
        world = World.start(folder);
        HttpsURLConnection.setDefaultSSLSocketFactory(world.edge.sslContext().getSocketFactory());
    }

    @AfterAll
    static void stop() {
        HttpsURLConnection.setDefaultSSLSocketFactory(BEFORE);
        if (world != null) {
            world.close();
        }
    }

    @Test
    void theJavaServiceClientTakesAPicture() throws Exception {
        DirectMethodsClient methods = new DirectMethodsClient(world.edge.serviceEndpoint(), credential());
        world.camera.awaitMethods(World.PATIENCE);
        Instant ordered = Instant.now();

        DirectMethodResponse response = methods.invoke(
                world.edge.deviceId(),
                World.MODULE,
                "takePicture",
                DirectMethodRequestOptions.builder()
                        .payload(Map.of("camera", "front"))
                        .methodResponseTimeoutSeconds(40)
                        .build());

        assertThat(response.getStatus()).isEqualTo(200);
        liesInTheContainer(response.getPayloadAsJsonElement().getAsJsonObject(), ordered);
    }

    @Test
    void theJavaServiceClientPatchesTheTwin() throws Exception {
        TwinClient twins = new TwinClient(world.edge.serviceEndpoint(), credential());
        Twin twin = twins.get(world.edge.deviceId(), World.MODULE);
        twin.getDesiredProperties().put("telemetry", Map.of("heartbeatSeconds", 77));
        twins.patch(twin);

        world.awaitSettings();
        assertThat(world.camera
                        .reported()
                        .getAsJsonObject("telemetry")
                        .getAsJsonObject("value")
                        .get("heartbeatSeconds")
                        .getAsInt())
                .isEqualTo(77);
    }

    @Test
    void theScriptWithTheNodeServiceClientDoesBoth() throws Exception {
        world.camera.awaitMethods(World.PATIENCE);
        Instant ordered = Instant.now();
        Process script = new ProcessBuilder(
                        "src/test/microsoft-clients.sh",
                        "--connection-string",
                        world.edge.serviceConnectionString(),
                        "--endpoint",
                        world.edge.serviceEndpoint(),
                        "--ca",
                        world.edge.caFile().toString(),
                        "--device",
                        world.edge.deviceId(),
                        "--payload",
                        "{\"camera\": \"front\"}",
                        "--patch",
                        "{\"telemetry\": {\"heartbeatSeconds\": 78}}")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = script.inputReader(StandardCharsets.UTF_8).lines().toList();

        assertThat(script.waitFor()).as("%s", lines).isZero();
        JsonObject answer = JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
        assertThat(answer.get("status").getAsInt()).isEqualTo(200);
        liesInTheContainer(answer.getAsJsonObject("payload"), ordered);
        world.awaitSettings();
        assertThat(world.camera
                        .desired()
                        .getAsJsonObject("telemetry")
                        .get("heartbeatSeconds")
                        .getAsInt())
                .isEqualTo(78);
    }

    @Test
    void aNodeModuleOrdersAPictureByARoute() throws Exception {
        LocalModule bell = world.edge.module("Doorbell");
        world.edge.route("FROM /messages/modules/Doorbell/outputs/pressed INTO"
                + " BrokeredEndpoint(\"/modules/CameraModule/inputs/orders\")");
        ProcessBuilder builder = new ProcessBuilder("node", "module.js", "pressed")
                .directory(NodeScripts.FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(bell.environment());
        Process process = builder.start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
                Writer told = process.outputWriter(StandardCharsets.UTF_8)) {
            awaitReady(said);
            told.write("{\"camera\": \"front\", \"label\": \"doorbell\"}\n");
            told.flush();

            Telemetry stored =
                    world.camera.awaitTelemetry(message -> message.text().contains("\"doorbell\""), World.PATIENCE);
            assertThat(stored.properties())
                    .containsEntry("type", "pictureStored")
                    .containsEntry("trigger", "message");
        } finally {
            process.destroy();
        }
    }

    private static void awaitReady(BufferedReader said) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("\"ready\"")) {
                return;
            }
        }
        throw new AssertionError("the Node module ended before it was ready");
    }

    private static void liesInTheContainer(JsonObject payload, Instant ordered) throws IOException {
        JsonObject picture = payload.getAsJsonArray("pictures").get(0).getAsJsonObject();
        assertThat(picture.get("state").getAsString()).isEqualTo("uploaded");
        byte[] stored = world.blob(picture).downloadContent().toBytes();
        assertThat(Jpeg.of(stored).sha256()).isEqualTo(picture.get("sha256").getAsString());
        assertThat(BarCode.read(stored).orElseThrow().capturedAt()).isAfterOrEqualTo(ordered.minusMillis(2));
    }

    private static AzureSasCredential credential() {
        return new AzureSasCredential(world.edge.serviceToken(Duration.ofHours(1)));
    }
}
