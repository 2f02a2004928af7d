package io.edgecam.localedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkloadApiTest {
    private static LocalEdge edge;
    private static LocalModule camera;

    @BeforeAll
    static void start() {
        edge = LocalEdge.builder().start();
        camera = edge.module("CameraModule");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void givesAModuleAllItNeedsOverHttp() throws Exception {
        assertThat(run(camera.environment())).isZero();
        camera.awaitTelemetry(message -> message.text().equals("from the environment"), Duration.ofSeconds(40));
    }

    @Test
    void givesAModuleAllItNeedsOverTheUnixSocket() throws Exception {
        camera.clearTelemetry();

        assertThat(run(camera.environmentOverUnixSocket())).isZero();
        camera.awaitTelemetry(message -> message.text().equals("from the environment"), Duration.ofSeconds(40));
    }

    @Test
    void letsAModuleInThatNobodyNamedBefore() throws Exception {
        Map<String, String> environment = new java.util.LinkedHashMap<>(camera.environment());
        environment.put("IOTEDGE_MODULEID", "newcomer");

        assertThat(run(environment)).isZero();
        assertThat(edge.modules()).extracting(LocalModule::id).contains("newcomer");
    }

    @Test
    void answersTheSocketWithALengthAndThenCloses() throws Exception {
        String answer =
                overSocket("GET /trust-bundle?api-version=2018-06-28 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("content-length: ")
                .doesNotContainIgnoringCase("chunked")
                .contains("BEGIN CERTIFICATE");
    }

    @Test
    void saysWhatIsWrongInAMessage() throws Exception {
        assertThat(get("/trust-bundle?api-version=1999-01-01").statusCode()).isEqualTo(400);
        HttpResponse<String> lost = get("/elsewhere?api-version=2018-06-28");
        assertThat(lost.statusCode()).isEqualTo(404);
        assertThat(lost.body()).isEqualTo("{\"message\":\"there is no /elsewhere\"}");
    }

    @Test
    void isGoneAndBackAtTheSamePlace() throws Exception {
        int port = edge.workloadPort();
        edge.faults().workloadDown(true);

        assertThatThrownBy(() -> get("/trust-bundle?api-version=2018-06-28")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> overSocket("GET / HTTP/1.1\r\n\r\n")).isInstanceOf(IOException.class);

        edge.faults().workloadDown(false);
        assertThat(edge.workloadPort()).isEqualTo(port);
        assertThat(get("/trust-bundle?api-version=2018-06-28").statusCode()).isEqualTo(200);
        assertThat(overSocket("GET /x?api-version=2018-06-28 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 Not Found");
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + edge.workloadPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String overSocket(String request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(edge.workloadSocket()));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            while (channel.read(buffer.clear()) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static int run(Map<String, String> environment) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(), "-cp", System.getProperty("java.class.path"), EnvironmentModule.class.getName());
        builder.environment().putAll(environment);
        Process process = builder.inheritIO().start();
        try {
            return process.waitFor(40, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }
}
