package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.localedge.Telemetry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures are taken at the page while the hub is away; the cloud hears of each when it is back, a kill between or not. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HubOutageIT {
    private static final int ROUNDS = Integer.getInteger("edgecam.outages", 3);
    private static final int OFF_SECONDS = Integer.getInteger("edgecam.offSeconds", 0);
    private static final int ON_SECONDS = Integer.getInteger("edgecam.onSeconds", 0);

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
        world.camera.patchDesired("{\"web\": {\"enabled\": true, \"port\": " + port + "}}");
        world.awaitSettings();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @Order(1)
    void whatHappenedMeanwhileIsToldInOrderOnEachReturn() throws Exception {
        int pictures = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            world.camera.clearTelemetry();
            leave();
            List<String> ids = takeFor(OFF_SECONDS);
            comeBack();
            ids.addAll(takeFor(ON_SECONDS));
            assertThat(toldInOrder(ids)).containsExactlyElementsOf(ids);
            pictures += ids.size();
        }
        System.out.println(ROUNDS + " outages of the hub, " + pictures + " pictures, each told once and in order");
    }

    @Test
    @Order(2)
    void aModuleThatIsKilledMeanwhileForgetsNothing() throws Exception {
        world.camera.clearTelemetry();
        leave();
        List<String> ids = takeThree();
        awaitOnDisk(ids);

        world.process().kill();
        world.restart(world.camera.environment());
        comeBack();

        assertThat(toldInOrder(ids)).containsSubsequence(ids);
    }

    private static void leave() {
        world.edge.faults().stopListening(true);
        world.camera.awaitDisconnected(World.PATIENCE);
    }

    private static void comeBack() {
        world.edge.faults().stopListening(false);
    }

    /** Three pictures at least, and more for so long. */
    private static List<String> takeFor(int seconds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<String> ids = takeThree();
        while (System.nanoTime() - end < 0) {
            ids.add(takeAtThePage());
        }
        return ids;
    }

    private static List<String> takeThree() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(takeAtThePage());
        }
        return ids;
    }

    private static String takeAtThePage() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/pictures"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject picture = JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .getAsJsonArray("pictures")
                .get(0)
                .getAsJsonObject();
        assertThat(picture.get("state").getAsString()).isEqualTo("uploaded");
        return picture.get("id").getAsString();
    }

    /** Waits for the last event to come, and gives all of them that are about these pictures, as they came. */
    private static List<String> toldInOrder(List<String> ids) {
        String last = ids.get(ids.size() - 1);
        world.camera.awaitTelemetry(
                message -> message.messageId().filter(last::equals).isPresent(), World.PATIENCE);
        return world.camera.telemetry().stream()
                .map(Telemetry::messageId)
                .flatMap(Optional::stream)
                .filter(ids::contains)
                .toList();
    }

    /** Taking an event and writing it down are two steps; a kill shall come after the second. */
    private static void awaitOnDisk(List<String> ids) throws IOException {
        String kept = "";
        while (!ids.stream().allMatch(kept::contains)) {
            kept = outbox();
        }
    }

    private static String outbox() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder.resolve("spool").resolve("telemetry"))) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file));
            }
        } catch (NoSuchFileException notYet) {
            return "";
        }
        return text.toString();
    }
}
