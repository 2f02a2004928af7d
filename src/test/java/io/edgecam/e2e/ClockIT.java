package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.azure.storage.blob.BlobContainerClient;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real jar under a wall clock that begins in 1970 and jumps; needs libfaketime. */
@Timeout(180)
class ClockIT {
    private static final List<String> OPTIONS = List.of("-Xmx96m");

    @TempDir
    Path folder;

    private MovedClock clock;
    private int page;

    @BeforeEach
    void start() throws Exception {
        var moved = MovedClock.in(folder);
        assumeTrue(moved.isPresent(), "libfaketime is not installed (apt-get install faketime)");
        clock = moved.orElseThrow();
        try (ServerSocket free = new ServerSocket(0)) {
            page = free.getLocalPort();
        }
    }

    @Test
    void picturesKeepApartInOrderAndInReachOverJumps() throws Exception {
        try (World world = World.start(folder)) {
            world.process().close();
            JsonObject settings = world.desired();
            settings.add("web", JsonParser.parseString("{\"port\": " + page + "}"));
            settings.getAsJsonObject("cameras").getAsJsonObject("front").addProperty("ringSeconds", 60);
            clock.set("@1970-01-01 00:00:10");
            try (Program module = module(settings)) {
                module.awaitReady();
                JsonObject first = take("{}");
                clock.set("+0");
                JsonObject second = take("{}");
                clock.set("-1d");
                JsonObject third = take("{}");
                clock.set("+30d");
                JsonObject past = take("{\"at\": \"-1s\"}");

                String id = first.get("id").getAsString();
                assertThat(name(first)).startsWith("front/1970/01/01/").endsWith("-" + id.substring(0, 8) + ".jpg");
                assertThat(world.blob(first).getProperties().getMetadata()).containsEntry("clock", "unset");
                assertThat(world.blob(second).getProperties().getMetadata()).doesNotContainKey("clock");
                assertThat(captured(second)).isBetween(Instant.now().minusSeconds(120), Instant.now());
                assertThat(captured(third)).isBefore(captured(second).minusSeconds(80_000));
                assertThat(past.get("frameAgeMs").getAsLong()).isBetween(0L, 2000L);
                BlobContainerClient container = world.container("webcam");
                assertThat(container.listBlobs().stream().count()).isEqualTo(4 + 1);
                assertThat(status().get("uptimeSeconds").getAsLong()).isBetween(0L, 180L);
                awaitEmptySpool();
                module.tellToStop();
                assertThat(module.awaitEnd(8)).as(module.said()).isZero();
            }
        }
    }

    @Test
    void aBlobServiceThatRefusesForTheClockIsQuotedAndPicturesWaitUntilItIsRight() throws Exception {
        BlockingQueue<String> stored = new LinkedBlockingQueue<>();
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> strict(exchange, stored));
        service.start();
        JsonObject settings = JsonParser.parseString(
                        """
                {"cameras": {"front": {"source": "test:", "width": 320, "height": 240, "warmUpSeconds": 0, "latest": ""}},
                 "storage": {"accountName": "acct", "accountKey": "a2V5", "endpoint": "http://127.0.0.1:%d/acct"},
                 "spool": {"folder": "%s"}, "web": {"port": %d}}
                """.formatted(service.getAddress().getPort(), folder.resolve("spool"), page))
                .getAsJsonObject();
        clock.set("@1970-01-01 00:00:10");
        try (Program module = module(settings)) {
            module.awaitReady();
            JsonObject picture = take("{\"timeoutSeconds\": 8}");
            assertThat(picture.get("state").getAsString()).isEqualTo("spooled");
            assertThat(module.await(line -> line.contains("blocked"))).contains("This device's clock is", " behind");
            assertThat(status().getAsJsonObject("storage_status").get("error").getAsString())
                    .contains("clock", "set the host's time");

            clock.set("+0");

            assertThat(stored.poll(60, TimeUnit.SECONDS)).endsWith(name(picture));
        } finally {
            service.stop(0);
        }
    }

    @Test
    void aHubWhoseCertificateIsNotValidYetIsReachedAsSoonAsTheClockIsRight() throws Exception {
        try (World world = World.start(folder)) {
            world.process().close();
            clock.set("@1970-01-01 00:00:10");
            int connects = world.camera.connects();
            try (Program module = Program.start(Program.JAR, clock.environment(world.camera.environment()), OPTIONS)) {
                assertThat(module.await(line -> line.contains("No connection to the hub")))
                        .contains("this device's clock says 1970-01-01T00:00:00Z, which cannot be: set its time");

                clock.set("+0");

                world.camera.awaitConnects(connects + 1, World.PATIENCE);
                world.take("{}");
            }
        }
    }

    private Program module(JsonObject settings) throws IOException {
        Path file = Files.writeString(folder.resolve("settings.json"), settings.toString());
        return Program.start(Program.JAR, clock.environment(Map.of()), OPTIONS, "--settings", file.toString());
    }

    private JsonObject take(String request) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + "/api/pictures"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(request))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonElement pictures =
                JsonParser.parseString(answer.body()).getAsJsonObject().get("pictures");
        return pictures.getAsJsonArray().get(0).getAsJsonObject();
    }

    /** A picture that was answered as uploaded leaves the spool a little later. */
    private void awaitEmptySpool() throws Exception {
        while (status().getAsJsonObject("spool_status").get("pictures").getAsInt() > 0) {
            Thread.onSpinWait();
        }
    }

    private JsonObject status() throws Exception {
        String body = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + "/api/status"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return JsonParser.parseString(body).getAsJsonObject();
    }

    /** As Azure does: what is dated further than 15 minutes from the service's own time is refused. */
    private static void strict(HttpExchange exchange, BlockingQueue<String> stored) throws IOException {
        exchange.getRequestBody().readAllBytes();
        Headers request = exchange.getRequestHeaders();
        String date = request.containsKey("x-ms-date") ? request.getFirst("x-ms-date") : request.getFirst("Date");
        Instant dated =
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        boolean wrong = Duration.between(dated, Instant.now()).abs().toMinutes() >= 15;
        if (wrong) {
            exchange.getResponseHeaders().add("x-ms-error-code", "AuthenticationFailed");
        } else {
            exchange.getResponseHeaders().add("ETag", "\"0x1\"");
            exchange.getResponseHeaders().add("Last-Modified", date);
            stored.add(exchange.getRequestURI().getPath());
        }
        exchange.sendResponseHeaders(wrong ? 403 : 201, -1);
        exchange.close();
    }

    private static String name(JsonObject picture) {
        return picture.get("blobName").getAsString();
    }

    private static Instant captured(JsonObject picture) {
        return Instant.parse(picture.get("capturedAt").getAsString());
    }
}
