package io.edgecam.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.source.Sources;
import io.edgecam.check.Finding.Level;
import io.edgecam.event.Events;
import io.edgecam.json.Json;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.Parsed;
import io.edgecam.settings.Settings;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.storage.blob.Stores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ChecksTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Pattern VARIABLE = Pattern.compile("\\bEDGECAM_[A-Z_]*[A-Z]\\b");

    @TempDir
    Path home;

    @Test
    void aMisspeltVariableIsNamedWithTheOnesThereAre() {
        List<Finding> findings = new EnvironmentCheck(Map.of("EDGECAM_LOGLEVEL", "DEBUG", "PATH", "/bin")).look();
        assertThat(only(findings, Level.WRONG).subject()).isEqualTo("EDGECAM_LOGLEVEL");
        assertThat(only(findings, Level.WRONG).sentence()).contains("EDGECAM_LOG_LEVEL");
    }

    @Test
    void aDeclaredCommandIsShownAndOneThatIsNoListIsWrong() {
        List<Finding> findings = new EnvironmentCheck(
                        Map.of("EDGECAM_EXEC_CSI", "[\"rpicam-vid\",\"-o\",\"-\"]", "EDGECAM_EXEC_BAD", "rpicam-vid"))
                .look();
        assertThat(only(findings, Level.WRONG).subject()).isEqualTo("EDGECAM_EXEC_BAD");
        assertThat(findings).contains(Finding.ok("EDGECAM_EXEC_CSI", "declares the command rpicam-vid for exec:CSI"));
    }

    @Test
    void theUserIsToldByNumberWithItsGroups() throws IOException {
        Path process =
                Files.writeString(home.resolve("status"), "Uid:\t10001\t10001\t10001\t10001\nGroups:\t44 10001 \n");
        assertThat(new EnvironmentCheck(Map.of(), process).look())
                .contains(Finding.ok("user", "number 10001, in the groups 44 10001"));
    }

    /** A variable that the program reads and the check does not know would be called a mistake. */
    @Test
    void theCheckKnowsEveryVariableOfTheProgramAndTheDocumentsDo() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("EnvironmentCheck.java"))
                    .filter(file ->
                            file.toString().endsWith(".java") || file.toString().endsWith(".xml"))
                    .toList()) {
                Matcher words = VARIABLE.matcher(Files.readString(file));
                while (words.find()) {
                    used.add(words.group());
                }
            }
        }
        used.removeIf(name -> name.startsWith("EDGECAM_EXEC"));
        assertThat(used).isEqualTo(new TreeSet<>(EnvironmentCheck.KNOWN));
        try (Stream<Path> documents = Files.list(Path.of("docs"))) {
            String text = documents
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(ChecksTest::read)
                    .collect(Collectors.joining());
            assertThat(EnvironmentCheck.KNOWN)
                    .allSatisfy(name -> assertThat(text).contains("`" + name + "`"));
        }
    }

    @Test
    void aSpoolThatIsNotThereOrNoFolderIsWrong() throws IOException {
        assertThat(spool("nowhere", 1, 0)).isEqualTo(Level.WRONG);
        Files.writeString(home.resolve("file"), "");
        assertThat(spool("file", 1, 0)).isEqualTo(Level.WRONG);
    }

    @Test
    void aSpoolWithoutEnoughRoomIsNoted() throws IOException {
        Files.createDirectory(home.resolve("spool"));
        assertThat(spool("spool", Long.MAX_VALUE, 0)).isEqualTo(Level.NOTE);
        assertThat(spool("spool", 1, 0)).isEqualTo(Level.OK);
        assertThat(home.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void theClockIsComparedWithTheServicesOwn() throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        service.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/webcam/");
            Instant now = Instant.now();
            assertThat(clock(now, address).level()).isEqualTo(Level.OK);
            assertThat(clock(now.plusSeconds(3600), address).level()).isEqualTo(Level.WRONG);
            assertThat(clock(now.plusSeconds(3600), address).sentence()).contains("min ahead", "timedatectl");
            assertThat(clock(now.minusSeconds(60), address).level()).isEqualTo(Level.NOTE);
            assertThat(clock(now.minusSeconds(60), address).sentence()).contains("s behind");
        } finally {
            service.stop(0);
        }
        assertThat(new ClockCheck(InstantSource.fixed(Instant.EPOCH), Optional.empty()).look())
                .extracting(Finding::level)
                .containsExactly(Level.WRONG);
    }

    @Test
    void aDoorThatDoesNotSpeakTlsIsTold() throws Exception {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answerPlainly(door), "door");
            answering.start();
            Finding finding = hub("localhost", door.getLocalPort());
            assertThat(finding.level()).isEqualTo(Level.WRONG);
            assertThat(finding.sentence()).contains("not with TLS");
            answering.join();
        }
    }

    @Test
    void aClosedDoorAndAnUnknownNameAreTold() throws IOException {
        int port;
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = door.getLocalPort();
        }
        assertThat(hub("localhost", port).sentence()).contains("not reached", "edgeHub");
        assertThat(hub("no-such-gateway.invalid", port).sentence()).contains("not known", "hostname");
    }

    @Test
    void anEnvironmentThatIsWrongIsToldWithItsOwnSentence() {
        HubCheck check = new HubCheck(
                Map.of(),
                environment -> {
                    throw new IllegalArgumentException("CONNECTION_STRING has no DeviceId");
                },
                CLOCK);
        assertThat(check.look()).containsExactly(Finding.wrong("hub", "CONNECTION_STRING has no DeviceId"));
    }

    @Test
    void aWorkloadSocketThatIsAwayIsTold() {
        Map<String, String> environment = Map.of("IOTEDGE_WORKLOADURI", "unix://" + home.resolve("workload.sock"));
        List<Finding> findings = new HubCheck(
                        environment,
                        any -> Optional.of(InetSocketAddress.createUnresolved("no-such-gateway.invalid", 8883)),
                        CLOCK)
                .look();
        assertThat(findings.get(0).subject()).isEqualTo("workload API");
        assertThat(findings.get(0).sentence()).contains("is not there", "iotedge system status");
    }

    @Test
    void aVideoDeviceThatMayNotBeOpenedIsWrongWithTheReason() {
        List<Finding> findings =
                new DeviceCheck(() -> Map.of("/dev/video0 (Cam)", Optional.of("add the group 44"))).look();
        assertThat(findings).containsExactly(Finding.wrong("/dev/video0 (Cam)", "add the group 44"));
        assertThat(new DeviceCheck(Map::of).look().get(0).level()).isEqualTo(Level.NOTE);
    }

    @Test
    void everyCameraOfTheSettingsIsOpened() throws Exception {
        Map<String, DeviceSettings> devices =
                Map.of("good", device("test:"), "bad", device("folder:" + home.resolve("no")));
        try (Cameras cameras = new Cameras(new Sources(CLOCK), new Events(), CLOCK)) {
            List<Finding> findings = new CameraCheck(cameras, devices).look();
            assertThat(only(findings, Level.OK))
                    .isEqualTo(Finding.ok("camera good", "test: gives pictures of 1280x720"));
            assertThat(only(findings, Level.WRONG).subject()).isEqualTo("camera bad");
            assertThat(only(findings, Level.WRONG).sentence())
                    .contains(home.resolve("no").toString());
        }
    }

    @Test
    void theStoreIsTriedWithAProbe() throws Exception {
        Files.createDirectory(home.resolve("store"));
        assertThat(storage("{\"storage\":{\"folder\":\"" + home.resolve("store") + "\"}}"))
                .isEqualTo(Level.OK);
        assertThat(storage("{\"storage\":{\"accountName\":\"account\",\"accountKey\":\"" + "A".repeat(86)
                        + "==\",\"endpoint\":\"http://127.0.0.1:1/account\"}}"))
                .isEqualTo(Level.WRONG);
        assertThat(storage("{}")).isEqualTo(Level.NOTE);
    }

    @Test
    void aModuleThatDoesNotRunHereIsOnlyNoted() throws Exception {
        int port;
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = door.getLocalPort();
        }
        assertThat(new ModuleCheck(port).look()).extracting(Finding::level).containsExactly(Level.NOTE);
    }

    private Level spool(String name, long maxBytes, int minFreePercent) {
        SpoolSettings settings = new SpoolSettings(
                home.resolve(name),
                maxBytes,
                minFreePercent,
                SpoolSettings.WhenFull.OVERWRITE_OLDEST,
                SpoolSettings.Order.OLDEST_FIRST);
        return new SpoolCheck(settings).look().get(0).level();
    }

    private static Finding clock(Instant now, URI service) {
        return new ClockCheck(InstantSource.fixed(now), Optional.of(service))
                .look()
                .get(0);
    }

    private static Finding hub(String host, int port) {
        return new HubCheck(Map.of(), any -> Optional.of(InetSocketAddress.createUnresolved(host, port)), CLOCK)
                .look()
                .get(0);
    }

    private static Level storage(String desired) throws Exception {
        return new StorageCheck(settings(desired).storage(), new Stores())
                .look()
                .get(0)
                .level();
    }

    private static DeviceSettings device(String source) throws Exception {
        Settings settings = settings("{\"cameras\":{\"one\":{\"source\":\"" + source + "\"}}}");
        return settings.cameras().values().iterator().next().device();
    }

    private static Settings settings(String desired) throws Exception {
        return ((Parsed.Valid) Settings.read(Json.parse(desired).getAsJsonObject(), Map.of())).settings();
    }

    private static Finding only(List<Finding> findings, Level level) {
        List<Finding> those =
                findings.stream().filter(finding -> finding.level() == level).toList();
        assertThat(those).hasSize(1);
        return those.get(0);
    }

    private static void answerPlainly(ServerSocket door) {
        try (var visitor = door.accept()) {
            visitor.getOutputStream().write("this is no TLS\r\n".repeat(8).getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            assertThat(door.isClosed()).isFalse();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
