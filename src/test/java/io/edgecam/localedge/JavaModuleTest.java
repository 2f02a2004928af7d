package io.edgecam.localedge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.twin.Twin;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class JavaModuleTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static LocalEdge edge;
    private LocalModule camera;
    private SampleModule module;

    @BeforeAll
    static void start() {
        edge = LocalEdge.builder()
                .acknowledgeTimeout(Duration.ofSeconds(2))
                .methodDelay(Duration.ofMillis(50))
                .start();
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @BeforeEach
    void connect(TestInfo test) throws Exception {
        camera = edge.module(test.getTestMethod().orElseThrow().getName());
        camera.patchDesired("{\"width\": 640, \"deep\": {\"a\": 1, \"b\": 2}}");
        module = SampleModule.module(edge, camera).ready();
    }

    @AfterEach
    void disconnect() {
        module.close();
    }

    @Test
    void readsItsTwin() throws Exception {
        Twin twin = module.twin();

        assertThat(twin.getDesiredProperties()).containsEntry("width", 640L);
        assertThat(twin.getDesiredProperties().getVersion()).isEqualTo(2);
    }

    @Test
    void hearsOfDesiredProperties() throws Exception {
        camera.patchDesired("{\"width\": 800, \"deep\": {\"a\": null}}");

        Twin patch = module.desired.poll(60, SECONDS);
        assertThat(patch.getDesiredProperties()).containsEntry("width", 800L);
        assertThat(patch.getDesiredProperties().getVersion()).isEqualTo(3);
        assertThat(camera.desired().toString()).isEqualTo("{\"width\":800,\"deep\":{\"b\":2}}");
    }

    @Test
    void hearsNullForWhatAReplacementLeavesOut() throws Exception {
        camera.replaceDesired("{\"deep\": {\"b\": 3}}");

        Twin patch = module.desired.poll(60, SECONDS);
        assertThat(patch.getDesiredProperties()).containsEntry("width", null);
        assertThat(camera.desired().toString()).isEqualTo("{\"deep\":{\"b\":3}}");
    }

    @Test
    void reportsProperties() throws Exception {
        module.report("state", Map.of("battery", 87));

        assertThat(camera.awaitReported(reported -> reported.has("state"), LONG).toString())
                .isEqualTo("{\"state\":{\"battery\":87}}");
        assertThat(camera.twin().getAsJsonObject("reported").get("$version").getAsInt())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void isRefusedWhatTheEdgeHubRefuses() {
        assertThatThrownBy(() -> module.report("long", "x".repeat(5000)))
                .isInstanceOfSatisfying(
                        IotHubClientException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(IotHubStatusCode.BAD_FORMAT));
        assertThat(camera.reported().size()).isZero();
    }

    @Test
    void answersMethods() {
        MethodResult result = camera.invoke("echo", "{\"x\": 1}", LONG);

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.object().get("echo").toString()).isEqualTo("{\"x\":1}");
        assertThat(camera.invoke("bad", "", LONG).status()).isEqualTo(400);
    }

    @Test
    void isGivenUpWhenItDoesNotAnswer() {
        MethodResult result = camera.invoke("silent", "{}", Duration.ofMillis(300));

        assertThat(result.status()).isEqualTo(504);
        assertThat(result.answered()).isFalse();
    }

    @Test
    void isNotFoundWhenItIsNotThere() {
        MethodResult result = edge.module("nobody").invoke("echo", "{}", LONG);

        assertThat(result.status()).isEqualTo(404);
        assertThat(result.answered()).isFalse();
    }

    @Test
    void getsAMethodThatWaitedForIt() throws Exception {
        LocalModule late = edge.module("late");
        var answer = late.invokeLater("echo", null, LONG, LONG);

        try (SampleModule second = SampleModule.module(edge, late).ready()) {
            assertThat(answer.get(60, SECONDS).status()).isEqualTo(200);
            assertThat(second.messages).isEmpty();
        }
    }

    @Test
    void takesInputs() throws Exception {
        Input input = camera.sendInput("orders", "image", Map.of("camera", "front"));

        assertThat(module.messages.poll(60, SECONDS).getBytes()).asString().isEqualTo("image");
        assertThat(input.awaitAcknowledged(LONG).deliveries()).isEqualTo(1);
    }

    @Test
    void getsAnInputAgainWhenItsCallbackThrowsAndThenNothingElseCounts() throws Exception {
        module.throwing = true;
        Input poison = camera.sendInput("orders", "poison").awaitDeliveries(1, LONG);
        module.messages.poll(60, SECONDS);
        module.throwing = false;

        poison.awaitDeliveries(3, LONG);
        assertThat(poison.acknowledged()).isFalse();

        edge.faults().drop(camera);
        poison.awaitAcknowledged(LONG);
    }

    @Test
    void sendsOutputsWithProperties() throws Exception {
        module.send("{\"n\": 1}", "pictures");

        Telemetry message = camera.awaitTelemetry(sent -> sent.output().equals("pictures"), LONG);
        assertThat(message.json().get("n").getAsInt()).isEqualTo(1);
        assertThat(message.properties()).containsEntry("kind", "hello world");
        assertThat(message.contentType()).contains("application/json");
        assertThat(message.contentEncoding()).contains("utf-8");
        assertThat(message.messageId()).contains("m-1");
        assertThat(message.system("$.cmid")).contains(camera.id());
    }

    @Test
    void reachesAnotherModuleByARoute() throws Exception {
        LocalModule other = edge.module("other");
        edge.route("FROM /messages/modules/" + camera.id()
                + "/outputs/alerts INTO BrokeredEndpoint(\"/modules/other/inputs/orders\")");
        try (SampleModule second = SampleModule.module(edge, other).ready()) {
            module.send("alert", "alerts");
            module.send("no alert", "pictures");

            Message message = second.messages.poll(60, SECONDS);
            assertThat(message.getBytes()).asString().isEqualTo("alert");
            assertThat(camera.awaitTelemetry(sent -> sent.output().equals("pictures"), LONG)
                            .text())
                    .isEqualTo("no alert");
            assertThat(second.messages).isEmpty();
        }
    }

    @Test
    void isOneOfSeveralThatDoNotHearEachOther() throws Exception {
        LocalModule other = edge.module("neighbour");
        try (SampleModule second = SampleModule.module(edge, other).ready()) {
            other.patchDesired("{\"only\": \"you\"}");

            assertThat(second.desired.poll(60, SECONDS).getDesiredProperties()).containsEntry("only", "you");
            assertThat(other.invoke("echo", "{}", LONG).status()).isEqualTo(200);
            assertThat(module.desired).isEmpty();
        }
    }
}
