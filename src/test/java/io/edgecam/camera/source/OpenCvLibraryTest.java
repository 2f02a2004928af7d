package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own, as native code is loaded once. */
@Timeout(90)
class OpenCvLibraryTest {
    @TempDir
    Path temporary;

    @Test
    void leavesNothingBehindWhileItRunsNorWhenItIsKilled() throws Exception {
        Process process = start("-Djava.io.tmpdir=" + temporary);
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("loaded");
            assertThat(files()).isEmpty();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void takesAwayWhatAKilledOneLeftLongAgo() throws Exception {
        Path old = Files.createFile(temporary.resolve("edgecam-opencv-1.so"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        Path young = Files.createFile(temporary.resolve("edgecam-opencv-2.so"));

        assertThat(lineOf("-Djava.io.tmpdir=" + temporary)).isEqualTo("loaded");

        assertThat(files()).containsExactly(young);
    }

    @Test
    void saysWhatToSetIfTheFileIsNoLibrary() throws Exception {
        Path file = Files.writeString(temporary.resolve("libopencv.so"), "none");

        assertThat(lineOf("-DEDGECAM_OPENCV_LIBRARY=" + file))
                .contains(
                        "OpenCV's library at " + file + " cannot be loaded",
                        "set EDGECAM_OPENCV_LIBRARY to the file for this processor");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
        }
    }

    private static String lineOf(String property) throws Exception {
        Process process = start(property);
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            return lines.readLine();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String property) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        property,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loading.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Loads the library, says so, and stays until it is killed. */
    static final class Loading {
        private Loading() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws Exception {
            try {
                OpenCvLibrary.load();
                OpenCvLibrary.load();
                System.out.println("loaded");
                System.in.read();
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
