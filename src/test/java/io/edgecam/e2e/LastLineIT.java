package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.localedge.LocalEdge;
import io.edgecam.localedge.LocalModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A module that cannot go on ends with a code that tells why, and says it in its last line. */
@Timeout(120)
class LastLineIT {
    private static final int SECONDS = 60;
    /** A hundred megabytes that are not needed here. */
    private static final String UNUSED = "opencv";

    @TempDir
    Path folder;

    @Test
    void aThreadThatDies() throws Exception {
        Path settings = settings("""
                {"storage": {"folder": "%s"}, "spool": {"folder": "%s"}, "web": {"port": 0}}
                """.formatted(folder.resolve("pictures"), folder.resolve("spool")));
        Path jar = copyWithout("undertow");

        try (Program module = start(jar, List.of("-Xmx96m"), settings)) {
            assertThat(module.awaitEnd(SECONDS)).as("%s", module.said()).isEqualTo(70);
            assertThat(module.lastLine())
                    .contains("ends with code 70", "thread control died of java.lang.NoClassDefFoundError");
        }
    }

    @Test
    void aHeapThatIsUsedUp() throws Exception {
        Path settings = settings("""
                {"cameras": {"front": {"source": "test:", "width": 7680, "height": 4320, "warmUpSeconds": 0, "idleCloseSeconds": 0}},
                 "storage": {"folder": "%s"}, "spool": {"folder": "%s"}, "web": {"enabled": false}}
                """.formatted(folder.resolve("pictures"), folder.resolve("spool")));

        try (Program module = start(Program.JAR, List.of("-Xmx48m"), settings)) {
            assertThat(module.awaitEnd(SECONDS)).as("%s", module.said()).isEqualTo(3);
            assertThat(module.lastLine()).contains("ends with code 3", "camera-front-source", "OutOfMemoryError");
        }
        try (Program module = start(Program.JAR, List.of("-Xmx48m", "-XX:+ExitOnOutOfMemoryError"), settings)) {
            assertThat(module.awaitEnd(SECONDS)).as("%s", module.said()).isEqualTo(3);
            assertThat(module.lastLine()).contains("OutOfMemoryError");
        }
    }

    @Test
    void aHubOnTheSameDeviceThatIsAwayForLong() throws Exception {
        try (LocalEdge edge = edge()) {
            edge.faults().stopListening(true);
            try (Program module =
                    Program.start(Program.JAR, environment(edge.module("CameraModule"), "0.05"), List.of("-Xmx96m"))) {
                assertThat(module.awaitEnd(SECONDS)).as("%s", module.said()).isEqualTo(69);
                assertThat(module.lastLine()).contains("ends with code 69", "no connection to the hub for 3 s: ");
            }
        }
    }

    @Test
    void aModuleWhosePicturesWouldEndWithItGoesOnWithoutTheHub() throws Exception {
        try (LocalEdge edge = edge()) {
            LocalModule twin = edge.module("CameraModule");
            twin.patchDesired("""
                    {"cameras": {"front": {"source": "test:", "schedule": {"intervalSeconds": 60}}},
                     "spool": {"folder": "%s"}, "web": {"enabled": false}}
                    """.formatted(folder.resolve("spool")));
            try (Program module = Program.start(Program.JAR, environment(twin, "0.3"), List.of("-Xmx96m"))) {
                module.awaitReady();
                edge.faults().stopListening(true);
                module.await(line -> line.contains("the module goes on"));
                module.tellToStop();
                assertThat(module.awaitEnd(8)).as("%s", module.said()).isZero();
            }
        }
    }

    private LocalEdge edge() throws IOException {
        return LocalEdge.builder()
                .folder(folder.resolve("edge"))
                .module("CameraModule")
                .start();
    }

    private static Map<String, String> environment(LocalModule module, String minutes) {
        Map<String, String> environment = new TreeMap<>(module.environment());
        environment.put("EDGECAM_HUB_DEAD_MINUTES", minutes);
        return environment;
    }

    private Path settings(String text) throws IOException {
        return Files.writeString(folder.resolve("settings.json"), text);
    }

    /** The program as it is on a disk that has lost one of its libraries. */
    private Path copyWithout(String library) throws IOException {
        Path lib = Files.createDirectory(folder.resolve("lib"));
        try (Stream<Path> jars = Files.list(Program.JAR.resolveSibling("lib"))) {
            for (Path jar : jars.toList()) {
                String name = jar.getFileName().toString();
                if (!name.startsWith(library) && !name.startsWith(UNUSED)) {
                    Files.copy(jar, lib.resolve(name));
                }
            }
        }
        return Files.copy(Program.JAR, folder.resolve("edgecam.jar"));
    }

    private static Program start(Path jar, List<String> options, Path settings) throws IOException {
        return Program.start(jar, Map.of(), options, "--settings", settings.toString());
    }
}
