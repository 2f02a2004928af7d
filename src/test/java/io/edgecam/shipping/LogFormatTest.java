package io.edgecam.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.status.Status;
import com.google.gson.JsonObject;
import io.edgecam.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log looks like when the module runs with the shipped logback.xml. */
@Timeout(30)
class LogFormatTest {
    /** What edgeAgent looks for at the start of a line; without a match everything counts as level 6 of an unknown time. */
    private static final Pattern EDGE_AGENT = Pattern.compile(
            "^<(?<level>\\d)> (?<time>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} [+-]\\d\\d:\\d\\d) (?<text>.*)$");

    private static final Instant MOMENT = Instant.parse("2026-11-21T04:59:48.429Z");

    @ParameterizedTest
    @CsvSource({"ERROR,3", "WARN,4", "INFO,6", "DEBUG,7", "TRACE,7"})
    void edgeAgentReadsLevelAndTime(String level, String syslog) throws Exception {
        Matcher line = EDGE_AGENT.matcher(written(Map.of(), Level.toLevel(level), "Camera front is live", null));
        assertThat(line.matches()).isTrue();
        assertThat(line.group("level")).isEqualTo(syslog);
        assertThat(line.group("time")).isEqualTo("2026-11-21 04:59:48.429 +00:00");
        assertThat(line.group("text")).isEqualTo("[Camera] Camera front is live");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void nobodyCanForgeALine(String format) throws Exception {
        Map<String, String> environment = Map.of("EDGECAM_LOG_FORMAT", format);
        String forged = "a\n<3> 2026-11-21 04:59:48.429 +00:00 [Camera] forged\r\nb\u001b[2J";
        assertThat(written(environment, Level.INFO, forged, null)).matches(EDGE_AGENT);
        assertThat(written(environment, Level.ERROR, "died", new IllegalStateException(forged)))
                .matches(EDGE_AGENT)
                .contains("IllegalStateException: a | <3>", " | at ");
        assertThat(written(environment, Level.INFO, forged, null)).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.blob.core.windows.net/webcam?sv=2024-11-04&sig=CANARY%2Bx%3D&sp=cw",
                "DefaultEndpointsProtocol=https;AccountName=n;AccountKey=CANARY+/x==;EndpointSuffix=core.windows.net",
                "HostName=h;DeviceId=d;ModuleId=m;SharedAccessKey=CANARY/+x=",
                "SharedAccessSignature sr=h&sig=CANARY&se=1",
                "rtsp://admin:CANARY@10.0.0.9/1",
                "rtsp://admin:p@CANARY@10.0.0.9/1",
                "{\"storage\":{\"accountKey\" : \"CANARY\"},\"web\":{\"token\":\"CANARY\"}}",
                "{\"connectionString\":\"AccountName=n;AccountKey=CANARY\",\"sasUrl\":\"https://h/c?sig=CANARY\"}",
                "{\"username\":\"u\",\"password\":\"CANARY;&CANARY\"}"
            })
    void takesSecretsOut(String said) throws Exception {
        for (String format : new String[] {"text", "json"}) {
            Map<String, String> environment = Map.of("EDGECAM_LOG_FORMAT", format);
            assertThat(written(environment, Level.WARN, said, null))
                    .doesNotContain("CANARY")
                    .contains("***");
            assertThat(written(environment, Level.WARN, "failed", new IllegalStateException(said)))
                    .doesNotContain("CANARY")
                    .contains("***");
        }
    }

    @Test
    void leavesOrdinaryWordsAlone() throws Exception {
        String said = "web.token: must have 16 letters; http://camera/snap?size=a@b, config=1, mail a@b.example";
        assertThat(written(Map.of(), Level.INFO, said, null)).endsWith("[Camera] " + said);
    }

    @Test
    void writesJsonWhenAsked() throws Exception {
        String line = written(
                Map.of("EDGECAM_LOG_FORMAT", "json"),
                Level.WARN,
                "the \"front\" \\ caméra",
                new IllegalStateException());
        Matcher parts = EDGE_AGENT.matcher(line);
        assertThat(parts.matches()).isTrue();
        assertThat(parts.group("level")).isEqualTo("4");
        JsonObject said = Json.parseObject(parts.group("text"));
        assertThat(said.get("time").getAsString()).isEqualTo("2026-11-21T04:59:48.429Z");
        assertThat(said.get("level").getAsString()).isEqualTo("WARN");
        assertThat(said.get("logger").getAsString()).isEqualTo("io.edgecam.camera.Camera");
        assertThat(said.get("message").getAsString())
                .startsWith("the \"front\" \\ caméra | java.lang.IllegalStateException | at ");
    }

    @Test
    void librariesSayLittle() {
        LoggerContext quiet = configured(Map.of());
        assertThat(effective(quiet, "io.edgecam.hub.Control")).isEqualTo(Level.INFO);
        assertThat(effective(quiet, "com.microsoft.azure.sdk.iot.device.transport.IotHubTransport"))
                .isEqualTo(Level.ERROR);
        assertThat(effective(quiet, "com.azure.core.http")).isEqualTo(Level.OFF);
        assertThat(effective(quiet, "io.undertow")).isEqualTo(Level.WARN);
        assertThat(effective(quiet, "org.xnio.nio")).isEqualTo(Level.WARN);
    }

    @Test
    void theEnvironmentSetsTheLevels() {
        LoggerContext loud = configured(Map.of("EDGECAM_LOG_LEVEL", "DEBUG", "EDGECAM_LIBRARY_LOG_LEVEL", "INFO"));
        assertThat(effective(loud, "io.edgecam.hub.Control")).isEqualTo(Level.DEBUG);
        assertThat(effective(loud, "com.microsoft.azure.sdk.iot.device")).isEqualTo(Level.INFO);
        assertThat(effective(loud, "org.xnio")).isEqualTo(Level.INFO);
    }

    /** One event as it reaches standard output, without the end of the line. */
    private static String written(Map<String, String> environment, Level level, String message, Throwable failure) {
        LoggerContext context = configured(environment);
        Logger logger = context.getLogger("io.edgecam.camera.Camera");
        LoggingEvent event = new LoggingEvent("", logger, level, message, failure, null);
        event.setInstant(MOMENT);
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE");
        String line = new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
        context.stop();
        assertThat(line).endsWith("\n");
        return line.substring(0, line.length() - 1);
    }

    private static LoggerContext configured(Map<String, String> environment) {
        LoggerContext context = new LoggerContext();
        environment.forEach(context::putProperty);
        JoranConfigurator reader = new JoranConfigurator();
        reader.setContext(context);
        try {
            reader.doConfigure(
                    Path.of("src", "main", "resources", "logback.xml").toFile());
        } catch (ch.qos.logback.core.joran.spi.JoranException e) {
            throw new AssertionError(e);
        }
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .as("a warning would make Logback print its whole story at every start")
                .allMatch(status -> status.getEffectiveLevel() < Status.WARN);
        return context;
    }

    private static Level effective(LoggerContext context, String logger) {
        return context.getLogger(logger).getEffectiveLevel();
    }
}
