package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.camera.source.BarCode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a program of its own, with a settings file and no hub. */
@Timeout(120)
class StandaloneIT {
    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void aFileIsReadAgainWhenItChangesAndMistakesInItAreNamed() throws Exception {
        Path settings = write("settings.json", document(15));
        process = start("--settings", settings.toString());
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        await(log, line -> line.endsWith(" ready"));

        write("settings.json", document(9999));
        assertThat(await(log, line -> line.contains("refused"))).contains("cameras.front.framerate");
        write("settings.json", document(10));
        await(log, line -> line.contains("are in force"));
    }

    @Test
    void laterFilesAreLaidOverEarlierOnesAndReadAgainAsKubernetesRenewsThem() throws Exception {
        Path settings = write("settings.json", document(15));
        Path mounted = Files.createDirectory(folder.resolve("secrets"));
        renew(mounted, "one", "{\"cameras\": {\"front\": {\"framerate\": 12}}}");
        process = start(
                "--settings",
                settings.toString(),
                "--settings",
                mounted.resolve("secrets.json").toString());
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        await(log, line -> line.endsWith(" ready"));

        renew(mounted, "two", "{\"cameras\": {\"front\": {\"framerate\": 9999}}}");
        assertThat(await(log, line -> line.contains("refused"))).contains("cameras.front.framerate");
    }

    @Test
    void itStopsWhenItIsTold() throws Exception {
        process = start("--settings", write("settings.json", document(15)).toString());
        await(process.inputReader(StandardCharsets.UTF_8), line -> line.endsWith(" ready"));

        process.destroy();

        assertThat(process.waitFor(8, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aSnapshotIsAStampedPictureInAFile() throws Exception {
        Path settings = write("settings.json", document(15));
        Path picture = folder.resolve("picture.jpg");
        process = start("snapshot", "--settings", settings.toString(), "--out", picture.toString());

        assertThat(process.waitFor()).isZero();
        assertThat(BarCode.read(Files.readAllBytes(picture))).isPresent();
    }

    @Test
    void aCheckOpensTheCamerasAndTriesTheStoreAndSaysWhatIsWrong() throws Exception {
        Files.createDirectories(folder.resolve("spool"));
        process = start(
                "check", "--settings", write("settings.json", document(15)).toString());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("camera front", "gives pictures of 320x240", "nothing is wrong here");
        assertThat(process.waitFor()).isZero();
        assertThat(folder.resolve("pictures")).isEmptyDirectory();

        process = start(
                "check", "--settings", write("settings.json", document(9999)).toString());
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("WRONG", "cameras.front.framerate").doesNotContain("Exception");
        assertThat(process.waitFor()).isOne();
    }

    @Test
    void withoutHubAndFileItSaysWhatIsNeeded() throws Exception {
        process = start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(output)
                .contains("--settings FILE")
                .contains("IOTEDGE_WORKLOADURI")
                .doesNotContain("Exception");
    }

    @Test
    void aFileThatIsNoJsonIsNamed() throws Exception {
        process = start("--settings", write("settings.json", "{\"cameras\": ").toString());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(output).contains("settings.json").contains("is not JSON").doesNotContain("Exception");
    }

    @Test
    void itTellsItsVersionAndHelp() throws Exception {
        process = start("--version");
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("edgecam ");
        process = start("--help");
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("snapshot")
                .contains("--settings");
    }

    private String document(int framerate) {
        return """
                {"cameras": {"front": {"source": "test:", "width": 320, "height": 240, "framerate": %d, "warmUpSeconds": 0}},
                 "storage": {"folder": "%s"}, "spool": {"folder": "%s"}, "web": {"enabled": false}, "metrics": {"enabled": false}}
                """.formatted(framerate, folder.resolve("pictures"), folder.resolve("spool"));
    }

    /** The kubelet writes a new folder aside and turns a link to it, through which the file is seen. */
    private static void renew(Path mounted, String version, String text) throws IOException {
        Files.writeString(Files.createDirectory(mounted.resolve(".." + version)).resolve("secrets.json"), text);
        Path link = Files.createSymbolicLink(mounted.resolve("..data_tmp"), Path.of(".." + version));
        Files.move(link, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        Path seen = mounted.resolve("secrets.json");
        if (!Files.isSymbolicLink(seen)) {
            Files.createSymbolicLink(seen, Path.of("..data", "secrets.json"));
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file;
    }

    private static String await(BufferedReader log, Predicate<String> wanted) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            seen.add(line);
            if (wanted.test(line)) {
                return line;
            }
        }
        throw new AssertionError("the module ended without the line; it said " + seen);
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-jar",
                new File("target/edgecam.jar").getPath()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
