package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgecam.camera.FrameSource;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.DeviceSettings.Kind;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the real V4L2 code of OpenCV, in a process whose calls to the device are answered by src/test/v4l2/shim.c. */
@Timeout(90)
class V4l2CameraTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    @TempDir
    static Path folder;

    private static Path shim = Path.of("");

    private final Path device = folder.resolve("video0");
    private final Path gone = folder.resolve("gone");

    @BeforeAll
    static void buildTheShim() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "V4L2 is a thing of Linux");
        shim = folder.resolve("shim.so");
        int built = -1;
        try {
            built = new ProcessBuilder("gcc", "-shared", "-fPIC", "-o", shim.toString(), "src/test/v4l2/shim.c")
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            assumeTrue(false, "gcc is needed to build the played camera: " + e.getMessage());
        }
        assertThat(built).isZero();
    }

    @Test
    void passesTheJpegsOfTheCameraOnByteForByte() throws Exception {
        Set<String> sent = frames(device.resolveSibling("frames"));
        try (Run run = new Run(Map.of("SHIM_PAD", "0"))) {
            Set<String> seen = new HashSet<>();
            while (seen.size() < sent.size()) {
                String[] words = run.awaitLine("frame ").split(" ", -1);
                assertThat(sent).contains(words[1]);
                assertThat(Long.parseLong(words[2])).isBetween(0L, TimeUnit.SECONDS.toNanos(20));
                seen.add(words[1]);
            }
        }
    }

    @Test
    void cutsOffWhatComesAfterTheEndOfAJpeg() throws Exception {
        Set<String> sent = frames(device.resolveSibling("frames"));
        try (Run run = new Run(Map.of("SHIM_PAD", "77"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(sent).contains(run.awaitLine("frame ").split(" ", -1)[1]);
            }
        }
    }

    @Test
    void isLostWhenItIsUnpluggedAndFoundWhenItIsBack() throws Exception {
        frames(device.resolveSibling("frames"));
        try (Run run = new Run(Map.of())) {
            run.awaitLine("frame ");
            Files.delete(device);
            Files.createFile(gone);

            assertThat(run.awaitLine("state lost")).contains(device.toString());
            run.awaitLine("event cameraLost");
            Files.delete(gone);
            Files.createFile(device);

            run.awaitLine("event cameraFound");
            run.awaitLine("frame ");
        }
    }

    @Test
    void saysWhatToDoAboutADeviceThatIsNotThere() {
        FrameSource.Opener opener =
                new Sources(InstantSource.system()).apply(SourceSettings.of(Kind.V4L2, "/dev/video987", 640, 480, 15));

        assertThatThrownBy(opener::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/video987 is not there: plug the camera in");
    }

    @Test
    void saysSoIfAFileIsNoCamera() throws Exception {
        Path file = Files.createTempFile(folder, "no", "camera");
        FrameSource.Opener opener =
                new Sources(InstantSource.system()).apply(SourceSettings.of(Kind.V4L2, file.toString(), 640, 480, 15));

        assertThatThrownBy(opener::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be opened as a camera");
    }

    /** Writes some frames one after the other; their SHA-256. */
    private static Set<String> frames(Path file) throws Exception {
        Set<String> sums = new HashSet<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        FrameSource.Opener camera =
                new Sources(InstantSource.system()).apply(SourceSettings.of(Kind.TEST, "", WIDTH, HEIGHT, 100));
        try (FrameSource source = camera.open()) {
            for (int i = 0; i < 4; i++) {
                Jpeg jpeg = source.next().image();
                all.writeBytes(jpeg.toBytes());
                sums.add(jpeg.sha256());
            }
        }
        Files.write(file, all.toByteArray());
        return sums;
    }

    /** A process that looks at the played camera. */
    private final class Run implements AutoCloseable {
        private final Process process;
        private final BufferedReader lines;

        Run(Map<String, String> environment) throws IOException {
            Files.deleteIfExists(gone);
            Files.writeString(device, "");
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            V4l2Player.class.getName(),
                            device.toString(),
                            Integer.toString(WIDTH),
                            Integer.toString(HEIGHT)))
                    .redirectErrorStream(true);
            builder.environment().put("LD_PRELOAD", shim.toString());
            builder.environment().put("SHIM_DEVICE", device.toString());
            builder.environment()
                    .put("SHIM_FRAMES", device.resolveSibling("frames").toString());
            builder.environment().put("SHIM_WIDTH", Integer.toString(WIDTH));
            builder.environment().put("SHIM_HEIGHT", Integer.toString(HEIGHT));
            builder.environment().put("SHIM_GONE", gone.toString());
            builder.environment().putAll(environment);
            this.process = builder.start();
            this.lines = process.inputReader(UTF_8);
        }

        String awaitLine(String start) throws IOException {
            StringBuilder before = new StringBuilder();
            String line = lines.readLine();
            while (line != null && !line.startsWith(start)) {
                before.append(line).append('\n');
                line = lines.readLine();
            }
            assertThat(line)
                    .as("a line that starts with '%s' after:%n%s", start, before)
                    .isNotNull();
            return line;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
