package io.edgecam.localedge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each fault does to Microsoft's Java SDK. */
@Timeout(120)
class FaultsTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private LocalEdge edge;
    private LocalModule camera;
    private SampleModule module;

    @BeforeEach
    void start() throws Exception {
        edge = LocalEdge.builder().acknowledgeTimeout(Duration.ofSeconds(2)).start();
        camera = edge.module("CameraModule");
        module = SampleModule.module(edge, camera).ready();
    }

    @AfterEach
    void stop() {
        module.close();
        edge.close();
    }

    @Test
    void aDroppedConnectionComesBackWithItsSubscriptions() {
        edge.faults().drop(camera);

        camera.awaitConnects(2, LONG);
        assertThat(camera.invoke("echo", "{}", LONG).status()).isEqualTo(200);
    }

    @Test
    void aForgottenSessionLeavesAModuleConnectedAndDeaf() throws Exception {
        edge.faults().forgetSession(camera);

        camera.awaitConnects(2, LONG);
        camera.sendInput("orders", "still heard").awaitAcknowledged(LONG);
        assertThat(camera.invoke("echo", "{}", LONG).status()).isEqualTo(404);
        camera.patchDesired("{\"a\": 1}");
        module.send("{}", "after");
        camera.awaitTelemetry(message -> message.output().equals("after"), LONG);
        assertThat(module.desired).isEmpty();
    }

    @Test
    void aRefusedPortOpensAgainWithEverythingKept() throws Exception {
        edge.faults().refuseConnections(true);
        int port = edge.edgeHubPort();
        camera.awaitDisconnected(LONG);
        // a client that comes just as the port is closed may end for good, so another one takes its place
        module.close();
        Input waiting = camera.sendInput("orders", "waits");
        edge.faults().refuseConnections(false);

        try (SampleModule next = SampleModule.module(edge, camera).ready()) {
            waiting.awaitAcknowledged(LONG);
            assertThat(next.messages).hasSize(1);
            assertThat(edge.edgeHubPort()).isEqualTo(port);
            assertThat(camera.invoke("echo", "{}", LONG).status()).isEqualTo(200);
        }
    }

    @Test
    void everythingStopsAndStartsAgainWhereItWas() {
        edge.faults().stopListening(true);
        camera.awaitDisconnected(LONG);
        edge.faults().stopListening(false);

        camera.awaitConnects(2, LONG);
    }

    @Test
    void aRefusedSignInIsTriedAgain() {
        edge.faults().refuseSignIn(true);
        edge.faults().dropConnections();
        edge.awaitJournal(line -> line.contains("refused (CONNACK 5): as asked"), LONG);
        edge.faults().heal();

        camera.awaitConnects(2, LONG);
    }

    @Test
    void aHandshakeThatIsClosedEndsTheJavaClientForGood() throws Exception {
        edge.faults().closeHandshakes(1);
        edge.faults().drop(camera);

        awaitStatus(module, IotHubConnectionStatus.DISCONNECTED);
        assertThat(edge.awaitJournal(line -> line.contains("closed in the TLS handshake"), LONG))
                .contains("edge hub");
        assertThat(camera.connects()).isEqualTo(1);
    }

    @Test
    void aSecondSubackEndsTheJavaClientForGood() throws Exception {
        LocalModule other = edge.module("other");
        try (SampleModule surprised = SampleModule.module(edge, other).open()) {
            edge.faults().secondSubacks(1);
            surprised.listenLater();
            other.awaitDisconnected(LONG);
            awaitStatus(surprised, IotHubConnectionStatus.DISCONNECTED);
        }
    }

    @Test
    void aLostTwinAnswerIsNeverSeen() throws Exception {
        edge.faults().loseTwinAnswers(1);

        assertThatThrownBy(() -> module.twinWithin(500)).isInstanceOf(IotHubClientException.class);
        assertThat(module.twin().getDesiredProperties().getVersion()).isEqualTo(1);
    }

    @Test
    void anInputComesTwice() throws Exception {
        edge.faults().repeatInputs(1);

        Input input = camera.sendInput("orders", "twice").awaitAcknowledged(LONG);
        assertThat(input.deliveries()).isEqualTo(2);
        assertThat(module.messages).hasSize(2);
    }

    @Test
    void aLostAcknowledgementBlocksEveryLaterOneUntilTheNextConnection() {
        edge.faults().loseAcknowledgements(1);

        Input input = camera.sendInput("orders", "again").awaitDeliveries(3, LONG);
        assertThat(input.acknowledged()).isFalse();
        edge.faults().drop(camera);
        input.awaitAcknowledged(LONG);
    }

    @Test
    void aMutedMethodTimesOut() {
        edge.faults().muteMethods(true);

        assertThat(camera.invoke("echo", "{}", Duration.ofMillis(500)).status()).isEqualTo(504);
    }

    @Test
    void aPoisonedPropertyEndsTheConnection() throws Exception {
        edge.faults().sendPoison(camera, "orders");

        camera.awaitDisconnected(LONG);
        edge.awaitJournal(line -> line.contains("%24.ct=, delivery"), LONG);
    }

    @Test
    void silenceLetsNothingPassAndThenEverything() throws Exception {
        edge.faults().silence(true);
        assertThatThrownBy(() -> module.twinWithin(500)).isInstanceOf(IotHubClientException.class);
        edge.faults().silence(false);

        assertThat(module.twin().getDesiredProperties().getVersion()).isEqualTo(1);
        assertThat(camera.connects()).isEqualTo(1);
    }

    private static void awaitStatus(SampleModule sample, IotHubConnectionStatus wanted) throws InterruptedException {
        IotHubConnectionStatus status = sample.statuses.poll(60, SECONDS);
        while (status != null && status != wanted) {
            status = sample.statuses.poll(60, SECONDS);
        }
        assertThat(status).isEqualTo(wanted);
    }
}
