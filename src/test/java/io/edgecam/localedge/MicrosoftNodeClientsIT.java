package io.edgecam.localedge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Microsoft's Node clients, as they are: an independent witness for both sides of the local edge. */
@Timeout(300)
class MicrosoftNodeClientsIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static LocalEdge edge;

    @BeforeAll
    static void start() throws Exception {
        NodeScripts.install();
        edge = LocalEdge.builder().start();
    }

    @AfterAll
    static void stop() {
        if (edge != null) {
            edge.close();
        }
    }

    @Test
    void theServiceClientCallsAMethodAndPatchesTheTwin() throws Exception {
        LocalModule camera = edge.module("CameraModule");
        try (SampleModule module = SampleModule.module(edge, camera).ready()) {
            JsonObject answer =
                    service("method", edge.deviceId(), camera.id(), "takePicture", "{\"camera\": \"front\"}");
            assertThat(answer.get("status").getAsInt()).isEqualTo(200);
            assertThat(answer.get("payload").toString()).contains("front");

            JsonObject twin = service("patch", edge.deviceId(), camera.id(), "{\"width\": 800}");
            assertThat(twin.get("connectionState").getAsString()).isEqualTo("Connected");
            assertThat(module.desired.poll(60, SECONDS).getDesiredProperties()).containsEntry("width", 800L);
        }
    }

    @Test
    void theScriptForEveryoneDoesTheSame() throws Exception {
        LocalModule camera = edge.module("Scripted");
        try (SampleModule module = SampleModule.module(edge, camera).ready()) {
            List<String> command = List.of(
                    NodeScripts.FOLDER.resolveSibling("microsoft-clients.sh").toString(),
                    "--connection-string",
                    edge.serviceConnectionString(),
                    "--endpoint",
                    edge.serviceEndpoint(),
                    "--ca",
                    edge.caFile().toString(),
                    "--module",
                    camera.id(),
                    "--patch",
                    "{\"a\": 1}");
            assertThat(output(command, Map.of())).contains("\"method\":\"takePicture\"");
            assertThat(module.desired.poll(60, SECONDS).getDesiredProperties()).containsEntry("a", 1L);
        }
    }

    @Test
    void aNodeModuleByConnectionStringIsASecondModule() throws Exception {
        LocalModule node = edge.module("NodeModule");
        tryNode(
                node,
                Map.of(
                        "EdgeHubConnectionString",
                        node.connectionString(),
                        "EdgeModuleCACertificateFile",
                        edge.caFile().toString()));
    }

    @Test
    void aNodeModuleInTheEnvironmentOfTheEdgeAgentIsToo() throws Exception {
        LocalModule node = edge.module("NodeModuleFromEnvironment");
        tryNode(node, node.environment());
    }

    private static void tryNode(LocalModule node, Map<String, String> environment) throws Exception {
        LocalModule java = edge.module("JavaBeside" + node.id());
        edge.route("FROM /messages/modules/" + node.id() + "/outputs/alerts INTO BrokeredEndpoint(\"/modules/"
                + java.id() + "/inputs/orders\")");
        Process process = start(List.of("node", "module.js", "alerts"), environment);
        try (SampleModule module = SampleModule.module(edge, java).ready();
                BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
                Writer told = process.outputWriter(StandardCharsets.UTF_8)) {
            assertThat(line(said, "ready").get("ready").getAsBoolean()).isTrue();
            assertThat(node.awaitReported(reported -> reported.has("runtime"), LONG)
                            .toString())
                    .isEqualTo("{\"runtime\":\"node\"}");

            MethodResult answer = node.invoke("echo", "{\"x\": 1}", LONG);
            assertThat(answer.object().get("from").getAsString()).isEqualTo("node");

            node.patchDesired("{\"interval\": 5}");
            assertThat(line(said, "interval")
                            .getAsJsonObject("desired")
                            .get("interval")
                            .getAsInt())
                    .isEqualTo(5);

            Input input = node.sendInput("orders", "image", Map.of("camera", "front"));
            assertThat(line(said, "input").toString())
                    .contains("\"body\":\"image\"")
                    .contains("\"camera\":\"front\"");
            input.awaitAcknowledged(LONG);

            told.write("{\"hello\": \"java\"}\n");
            told.flush();
            assertThat(module.messages.poll(60, SECONDS).getBytes()).asString().isEqualTo("{\"hello\": \"java\"}");
            assertThat(node.awaitTelemetry(sent -> sent.output().equals("alerts"), LONG)
                            .properties())
                    .containsEntry("sender", "node");
        } finally {
            process.destroy();
        }
    }

    private static JsonObject service(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", "service.js"));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "SERVICE_CONNECTION_STRING",
                edge.serviceConnectionString(),
                "SERVICE_ENDPOINT",
                edge.serviceEndpoint(),
                "NODE_EXTRA_CA_CERTS",
                edge.caFile().toString());
        return Json.object(output(command, environment));
    }

    private static String output(List<String> command, Map<String, String> environment) throws Exception {
        Process process = start(command, environment);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(NodeScripts.FOLDER.toFile());
        builder.environment().putAll(environment);
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static JsonObject line(BufferedReader said, String word) throws IOException {
        String line = said.readLine();
        while (line != null && !line.contains(word)) {
            line = said.readLine();
        }
        assertThat(line).as("a line with " + word).isNotNull();
        return Json.object(String.valueOf(line));
    }
}
