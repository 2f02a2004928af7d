package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.localedge.Faults;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every way of losing the hub that was seen to leave the SDK deaf or dead; after each, the module goes on by itself. */
@Timeout(180)
class HubFaultsIT {
    @TempDir
    static Path folder;

    private static World world;
    private static long pid;

    private Faults faults;
    private int connects;

    @BeforeAll
    static void start() throws Exception {
        world = World.start(folder);
        pid = world.process().pid();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void remember() {
        faults = world.edge.faults();
        world.camera.awaitMethods(World.PATIENCE);
        connects = world.camera.connects();
    }

    @AfterEach
    void sameProcess() {
        faults.heal();
        assertThat(world.process().pid()).isEqualTo(pid);
    }

    @Test
    void aDroppedConnection() {
        faults.dropConnections();
        takesAPictureAgain();
    }

    @Test
    void aForgottenSession() {
        faults.forgetSessions();
        takesAPictureAgain();
        world.camera.patchDesired("{\"telemetry\": {\"heartbeatSeconds\": 61}}");
        world.awaitSettings();
    }

    @Test
    void connectionsClosedInTheHandshake() {
        faults.closeHandshakes(3);
        faults.dropConnections();
        takesAPictureAgain();
    }

    @Test
    void aWorkloadApiThatIsAway() {
        faults.workloadDown(true);
        faults.dropConnections();
        world.edge.awaitJournal(line -> line.contains("workload"), World.PATIENCE);
        faults.workloadDown(false);
        takesAPictureAgain();
    }

    @Test
    void aHubThatRefusesTheSignIn() {
        faults.refuseSignIn(true);
        faults.dropConnections();
        world.camera.awaitDisconnected(World.PATIENCE);
        faults.refuseSignIn(false);
        takesAPictureAgain();
    }

    @Test
    void aHubThatDoesNotListen() {
        faults.stopListening(true);
        world.camera.awaitDisconnected(World.PATIENCE);
        faults.stopListening(false);
        takesAPictureAgain();
    }

    @Test
    void lostAnswersOfTheTwin() {
        faults.loseTwinAnswers(2);
        faults.dropConnections();
        takesAPictureAgain();
        world.camera.patchDesired("{\"telemetry\": {\"heartbeatSeconds\": 62}}");
        world.awaitSettings();
    }

    @Test
    void aReportThatArrivedThoughItsAnswerDidNot() {
        world.camera.patchDesired("{\"telemetry\": null}");
        world.camera.awaitReported(reported -> !reported.has("telemetry"), World.PATIENCE);

        faults.loseTwinAnswers(1);
        world.camera.patchDesired("{\"telemetry\": {\"heartbeatSeconds\": 63}}");
        world.camera.awaitReported(reported -> reported.has("telemetry"), World.PATIENCE);

        world.camera.patchDesired("{\"telemetry\": null}");
        world.camera.awaitReported(reported -> !reported.has("telemetry"), World.PATIENCE);
    }

    @Test
    void anOrderThatComesBeforeTheTwin() throws Exception {
        world.process().close();
        faults.loseTwinAnswers(1);
        world.restart(world.camera.environment());
        pid = world.process().pid();

        takesAPictureAgain();
    }

    @Test
    void anAnswerAgainstTheProtocol() {
        faults.secondSubacks(1);
        faults.dropConnections();
        // the connection that meets it dies of it; the one after that must work
        world.camera.awaitConnects(connects + 2, World.PATIENCE);
        takesAPictureAgain();
    }

    @Test
    void aMessageThatEndsTheConnectionEachTimeItComes() {
        faults.sendPoison(world.camera, "orders");
        world.camera.awaitConnects(connects + 2, World.PATIENCE);
        faults.expireInputs(world.camera);
        connects = world.camera.connects();
        faults.dropConnections();
        takesAPictureAgain();
    }

    @Test
    void changesMadeWhileItWasAway() {
        faults.stopListening(true);
        world.camera.awaitDisconnected(World.PATIENCE);
        world.camera.patchDesired("{\"cameras\": {\"front\": {\"stamp\": {\"title\": \"missed\"}}}}");
        faults.stopListening(false);
        world.awaitSettings();
        takesAPictureAgain();
    }

    @Test
    void anInputThatIsDeliveredTwiceIsCarriedOutOnce() {
        world.camera.clearTelemetry();
        faults.repeatInputs(1);
        world.camera
                .sendInput(
                        "orders",
                        "{\"label\": \"twice\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        Map.of(),
                        Map.of("$.mid", "message-1"))
                .awaitDeliveries(2, World.PATIENCE);
        world.camera.awaitTelemetry(HubFaultsIT::isTwice, World.PATIENCE);
        world.take("{}");
        assertThat(world.camera.telemetry().stream().filter(HubFaultsIT::isTwice))
                .hasSize(1);
    }

    private void takesAPictureAgain() {
        world.camera.awaitConnects(connects + 1, World.PATIENCE);
        world.take("{}");
    }

    private static boolean isTwice(io.edgecam.localedge.Telemetry message) {
        return message.properties().getOrDefault("type", "").equals("pictureStored")
                && message.text().contains("\"twice\"");
    }
}
