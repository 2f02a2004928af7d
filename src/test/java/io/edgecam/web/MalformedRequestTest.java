package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.edgecam.web.Wire.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What cannot be a request is refused or cut off, and the next one is served. */
@Timeout(60)
class MalformedRequestTest {
    private Door door;

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    private final PrintStream usualError = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        said.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(said);
    }

    @AfterEach
    void isNoErrorOfOurs() {
        System.setErr(usualError);
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(said);
        assertThat(List.copyOf(said.list))
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.ERROR))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @BeforeEach
    void open() throws IOException {
        door = new Door(Door.OPEN, Door.LITTLE, PaintedCamera.noise(160, 120), "front");
    }

    @AfterEach
    void close() throws IOException {
        assertThat(Wire.get(door.port(), "/healthz").status()).isEqualTo(200);
        door.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /api/pictures HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /api/pictures HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1, 2\r\n\r\n",
                "POST /api/pictures HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void garbageEndsTheConnection(String text) throws IOException {
        try (Wire wire = new Wire(door.port())) {
            assertThat(wire.text(text).isClosedByServer()).isTrue();
        }
        assertThat(door.orders).isEmpty();
    }

    @Test
    void aHeadThatNeverEndsIsCutOff() throws IOException {
        try (Wire wire = new Wire(door.port())) {
            wire.text("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(40_000));
            assertThat(wire.isClosedByServer()).isTrue();
        }
    }

    @Test
    void tooManyHeadersAreRefused() throws IOException {
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            headers.add("X-" + i + ": 1");
        }
        try (Wire wire = new Wire(door.port())) {
            wire.send(Wire.head("GET /", headers.toArray(String[]::new)));
            assertThat(wire.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aHeadThatComesTooSlowlyIsCutOff() throws IOException {
        try (Wire wire = new Wire(door.port())) {
            assertThat(wire.text("GET / HTTP/1.1\r\nHost: lo").isClosedByServer())
                    .isTrue();
        }
    }

    @Test
    void aBodyThatComesTooSlowlyIsCutOff() throws IOException {
        try (Wire wire = new Wire(door.port())) {
            wire.send(Wire.head("POST /api/pictures", "Content-Length: 20")).text("{");
            assertThat(wire.isClosedByServer()).isTrue();
        }
        assertThat(door.orders).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Body.MAX_BYTES + 1, 100_000})
    void aBodyThatIsTooLongIsRefused(int bytes) throws IOException {
        try (Wire wire = new Wire(door.port())) {
            wire.send(Wire.head("POST /api/pictures", "Content-Length: " + bytes))
                    .text(" ".repeat(bytes));
            assertTooLarge(wire.read());
        }
        try (Wire wire = new Wire(door.port())) {
            wire.send(Wire.head("POST /api/pictures", "Transfer-Encoding: chunked"));
            for (int sent = 0; sent < bytes; sent += 1000) {
                wire.text("3e8\r\n" + " ".repeat(1000) + "\r\n");
            }
            assertTooLarge(wire.text("0\r\n\r\n").read());
        }
        assertThat(door.orders).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /api/pictures", "GET /healthz", "POST /nowhere"})
    void aBodyWithoutEndIsCutOff(String request) throws IOException {
        try (Wire wire = new Wire(door.port())) {
            wire.send(Wire.head(request, "Transfer-Encoding: chunked"));
            String chunk = "fa0\r\n" + " ".repeat(4000) + "\r\n";
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
                for (int sent = 0; sent < 20_000_000; sent += chunk.length()) {
                    wire.text(chunk);
                }
            });
        }
        assertThat(door.orders).isEmpty();
    }

    private static void assertTooLarge(Reading answer) {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.errorCode()).isEqualTo("TooLarge");
        assertThat(answer.errorMessage()).contains("16384");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "[]", "{\"camera\": 'front'}", "{", "{\"camera\": \"a\", \"camera\": \"b\"}"})
    void aBodyThatIsNoJsonObjectIsRefused(String body) throws IOException {
        Reading answer = Wire.post(door.port(), "/api/pictures", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("BadRequest");
        assertThat(door.orders).isEmpty();
    }
}
