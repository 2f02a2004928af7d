package io.edgecam.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.edgecam.contract.Answer;
import io.edgecam.settings.MetricsSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Sends requests that were broken in seeded ways, to the page and to the metrics port. Whatever came: the connection gets
 * answers of HTTP with a status that fits or is closed, no more pictures are taken than were asked for, and nothing is left
 * over. With {@code -Dedgecam.fuzz=100000} it sends so many; a request that fails is repeated with
 * {@code -Dedgecam.fuzz.seed=N -Dedgecam.fuzz=1}.
 */
@Timeout(3600)
class RequestFuzzTest {
    private static final int REQUESTS = Integer.getInteger("edgecam.fuzz", 3000);
    private static final long FIRST_SEED = Long.getLong("edgecam.fuzz.seed", 1);
    private static final int PATIENCE_MS = 20_000;
    private static final int MAX_ANSWER_BYTES = 512 * 1024;
    private static final List<Integer> FITTING =
            List.of(100, 200, 204, 400, 401, 403, 404, 405, 408, 413, 414, 417, 421, 429, 431, 501, 503, 505);
    private static final Pattern STATUS = Pattern.compile("\\AHTTP/1\\.[01] ([0-9]{3}) [^\\r\\n]*\\r\\n");
    private static final String ORDER = "{\"camera\":\"front\"}";
    private static final List<String> SAMPLES = List.of(
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /api/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /api/pictures?camera=front&limit=3 HTTP/1.1\r\nHost: 127.0.0.1:1337\r\nConnection: close\r\n\r\n",
            "GET /image.jpg?camera=front HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "HEAD /stream.mjpeg HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "POST /api/pictures HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 18\r\n\r\n" + ORDER,
            "POST /api/pictures HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n12\r\n"
                    + ORDER + "\r\n0\r\n\r\n",
            "POST /signin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 9\r\n\r\ntoken=abc",
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nCookie: edgecam_0=9.A; a=b\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: CameraModule:9600\r\nAccept: text/plain\r\nConnection: close\r\n\r\n");
    private static final List<String> TOKENS = List.of(
            "\r\n",
            "\r\n\r\n",
            "\0",
            "%00",
            "%zz",
            "%2e%2e%2f",
            "../",
            "//",
            "?",
            "#",
            "&",
            "=",
            ":",
            ";",
            " ",
            "\t",
            "ü",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Host: evil.example\r\n",
            "Host:\r\n",
            "Expect: 100-continue\r\n",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n",
            "Range: bytes=0-1\r\n",
            " HTTP/9.9",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "ffffffffffffffff\r\n",
            "[[[[[[[[",
            "{\"a\":");

    private final Map<Integer, Integer> statuses = new TreeMap<>();

    @Test
    void whateverComesIsAnsweredOrCutOffAndNothingIsLeftOver(TestReporter reporter) throws Exception {
        MetricsSettings anyPort = new MetricsSettings(true, 0);
        try (Door door = new Door(Door.OPEN, Door.LITTLE, PaintedCamera.noise(64, 48), "front");
                MetricsServer metrics = MetricsServer.start(anyPort, () -> "edgecam_x 1\n", Door.LITTLE)) {
            door.takes(order -> new Answer(200, new JsonObject()));
            for (int i = 0; i < 200; i++) {
                send(door.port(), broken(new Random(-i)));
            }
            door.orders.clear();
            long asked = 0;
            long taken = 0;
            long heap = heapInUse();
            long files = openFiles();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            for (long seed = FIRST_SEED; seed < FIRST_SEED + REQUESTS; seed++) {
                Random random = new Random(seed);
                int port = random.nextInt(5) == 0 ? metrics.port() : door.port();
                byte[] request = broken(random);
                try {
                    judge(send(port, request));
                } catch (IOException | AssertionError e) {
                    throw new AssertionError("seed " + seed + ": " + new String(request, ISO_8859_1), e);
                }
                asked += orders(new String(request, ISO_8859_1));
                taken += door.orders.drainTo(new ArrayList<>());
            }
            assertThat(taken).isLessThanOrEqualTo(asked);
            assertThat(taken).isPositive();
            assertThat(Wire.get(door.port(), "/healthz").status()).isEqualTo(200);
            assertThat(Wire.get(metrics.port(), "/metrics").text()).isEqualTo("edgecam_x 1\n");
            while (openFiles() > files + 2) {
                assertThat(Thread.interrupted())
                        .as("%s open files, %s before", openFiles(), files)
                        .isFalse();
            }
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 12);
            long grown = heapInUse() - heap;
            assertThat(grown).isLessThan(8 * 1024 * 1024);
            reporter.publishEntry("statuses", statuses + ", heap " + grown / 1024 + " KB more");
        }
    }

    /** How many requests in this text may be orders at most. */
    private static long orders(String text) {
        return text.contains("POST") ? text.split("/api/pictures", -1).length - 1 : 0;
    }

    private void judge(String answer) {
        if (answer.isEmpty()) {
            statuses.merge(0, 1, Integer::sum);
            return;
        }
        Matcher status = STATUS.matcher(answer);
        assertThat(status.find()).as(answer).isTrue();
        int number = Integer.parseInt(status.group(1));
        assertThat(FITTING).as(answer).contains(number);
        assertThat(answer).doesNotContain("Exception", "\tat ", "io.undertow", "io.edgecam");
        statuses.merge(number, 1, Integer::sum);
    }

    /** What comes back until the connection is closed, at most a few pictures of a stream; empty if nothing. */
    private static String send(int port, byte[] request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[16 * 1024];
                for (int read = in.read(buffer);
                        read >= 0 && answer.size() < MAX_ANSWER_BYTES;
                        read = in.read(buffer)) {
                    answer.write(buffer, 0, read);
                }
            } catch (SocketTimeoutException hanging) {
                throw hanging;
            } catch (SocketException cutOff) {
                return answer.toString(ISO_8859_1);
            }
        }
        return answer.toString(ISO_8859_1);
    }

    private static byte[] broken(Random random) {
        String text = SAMPLES.get(random.nextInt(SAMPLES.size()));
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(20));
            text = switch (random.nextInt(8)) {
                case 0 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at);
                case 1 -> text.substring(0, at) + text.substring(end);
                case 2 ->
                    text.substring(0, end) + text.substring(at, end).repeat(random.nextInt(6)) + text.substring(end);
                case 3 -> text.substring(0, at) + TOKENS.get(random.nextInt(TOKENS.size())) + text.substring(at);
                case 4 -> text.substring(0, at);
                case 5 -> text + SAMPLES.get(random.nextInt(SAMPLES.size()));
                case 6 ->
                    text.replaceFirst(
                            "\r\n", "\r\nX-" + random.nextInt(9) + ": " + "y".repeat(random.nextInt(20_000)) + "\r\n");
                default -> text.replace("\r\n", random.nextBoolean() ? "\n" : "\r");
            };
        }
        return text.getBytes(ISO_8859_1);
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
