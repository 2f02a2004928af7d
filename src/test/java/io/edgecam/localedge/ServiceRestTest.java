package io.edgecam.localedge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ServiceRestTest {
    private static final String CAMERA = "/twins/edge-device/modules/CameraModule";
    private static LocalEdge edge;
    private static LocalModule camera;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        edge = LocalEdge.builder().module("CameraModule").start();
        camera = edge.module("CameraModule");
        client = HttpClient.newBuilder().sslContext(edge.sslContext()).build();
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void answersOnOnePortWithAndWithoutTls() throws Exception {
        assertThat(send("https", "GET", CAMERA, "").statusCode()).isEqualTo(200);
        assertThat(send("http", "GET", CAMERA, "").statusCode()).isEqualTo(200);
        assertThat(send("http", "GET", "/twins/edge-device", "").statusCode()).isEqualTo(200);
    }

    @Test
    void wantsASignatureOverTlsAndNoWebPage() throws Exception {
        HttpRequest bare = HttpRequest.newBuilder(uri("https", CAMERA)).build();
        HttpRequest page = HttpRequest.newBuilder(uri("http", CAMERA))
                .header("Origin", "http://evil")
                .build();

        HttpResponse<String> answer = client.send(bare, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Json.object(answer.body()).keySet()).containsExactly("Message", "ExceptionMessage");
        assertThat(client.send(page, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void replacesDesiredPropertiesWithPut() throws Exception {
        camera.patchDesired("{\"gone\": 1}");

        HttpResponse<String> answer = send("http", "PUT", CAMERA, "{\"properties\": {\"desired\": {\"new\": 2}}}");

        JsonObject desired =
                Json.object(answer.body()).getAsJsonObject("properties").getAsJsonObject("desired");
        assertThat(desired.keySet()).containsExactlyInAnyOrder("new", "$version");
        assertThat(camera.desired().toString()).isEqualTo("{\"new\":2}");
    }

    @Test
    void takesAPatchAsAPostWithAHeader() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("http", CAMERA))
                .header("X-HTTP-Method-Override", "PATCH")
                .POST(HttpRequest.BodyPublishers.ofString("{\"properties\": {\"desired\": {\"over\": true}}}"))
                .build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        assertThat(camera.desired().get("over").getAsBoolean()).isTrue();
    }

    @Test
    void refusesWhatItCannotReadOrKnow() throws Exception {
        assertThat(send("http", "PATCH", CAMERA, "{").statusCode()).isEqualTo(400);
        assertThat(send("http", "PATCH", CAMERA, "[]").statusCode()).isEqualTo(400);
        assertThat(send("http", "PATCH", CAMERA, "{\"properties\":{\"desired\":{\"a.b\":1}}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("http", "DELETE", CAMERA, "").statusCode()).isEqualTo(405);
        assertThat(send("http", "GET", "/twins/edge-device/modules/x", "").statusCode())
                .isEqualTo(404);
        assertThat(send("http", "GET", "/twins/x", "").body()).contains("DeviceNotFound");
        assertThat(send("http", "GET", "/elsewhere", "").statusCode()).isEqualTo(404);
        assertThat(send("http", "POST", CAMERA + "/methods", "{\"methodName\":\"a\",\"responseTimeoutInSeconds\":1}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void saysThatAModuleIsNotThereInIotHubsWords() throws Exception {
        HttpResponse<String> answer = send("http", "POST", CAMERA + "/methods", "{\"methodName\": \"takePicture\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        JsonObject inner = Json.object(Json.object(answer.body()).get("Message").getAsString());
        assertThat(inner.get("errorCode").getAsInt()).isEqualTo(404103);
    }

    @Test
    void letsOneModuleCallTheMethodOfAnother() throws Exception {
        LocalModule caller = edge.module("caller");
        String key = caller.connectionString().replaceAll(".*SharedAccessKey=([^;]*).*", "$1");
        String resource = edge.hubHost() + "/devices/edge-device/modules/caller";
        String token = Sas.token(
                resource, "", Base64.getDecoder().decode(key), Instant.now().plusSeconds(60));
        LocalModule target = edge.module("target");
        try (SampleModule module = SampleModule.module(edge, target).ready()) {
            HttpRequest request = HttpRequest.newBuilder(uri("https", "/twins/edge-device/modules/target/methods"))
                    .header("Authorization", token)
                    .header("x-ms-edge-moduleId", "edge-device/caller")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"methodName\":\"echo\",\"payload\":{\"x\":1}}"))
                    .build();

            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).startsWith("{\"status\":200,");
            assertThat(module.messages).isEmpty();
        }
    }

    @Test
    void offersMessagesTelemetryAndFaultsOverHttp() throws Exception {
        LocalModule plain = edge.module("plain");
        try (SampleModule module = SampleModule.module(edge, plain).ready()) {
            assertThat(send("http", "POST", "/local-edge/modules/plain/inputs/orders?camera=front", "image")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(module.messages.take().getBytes()).asString().isEqualTo("image");

            module.send("{\"n\": 5}", "pictures");
            plain.awaitTelemetry(message -> true, Duration.ofSeconds(40));
            assertThat(send("http", "GET", "/local-edge/telemetry/plain", "").body())
                    .contains("\"output\":\"pictures\"");

            assertThat(send("http", "POST", "/local-edge/faults/drop", "").statusCode())
                    .isEqualTo(200);
            plain.awaitConnects(2, Duration.ofSeconds(40));
            assertThat(send("http", "GET", "/local-edge/journal", "").body()).contains("dropped, as asked");
            assertThat(send("http", "POST", "/local-edge/faults/flood", "").body())
                    .contains("forget-sessions");
        }
    }

    private static HttpResponse<String> send(String scheme, String verb, String path, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(scheme, path)).method(verb, HttpRequest.BodyPublishers.ofString(body));
        if (scheme.equals("https")) {
            request.header("Authorization", edge.serviceToken(Duration.ofMinutes(5)));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String scheme, String path) {
        return URI.create(scheme + "://" + edge.serviceEndpoint() + path);
    }
}
