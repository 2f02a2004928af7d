package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgramTest {
    /** Two grandchildren, whose numbers are written, and one more that leaves the group and the session. */
    private static final String FAMILY =
            "sleep 9000 & echo $!; sleep 9000 & echo $!; setsid sleep 9000 & echo $!; wait";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                FAMILY,
                "trap '' TERM; " + FAMILY,
                "trap '' TERM INT HUP; " + FAMILY + "; while :; do sleep 9000; done"
            })
    void endsWithAllItHasStarted(String script) throws Exception {
        List<ProcessHandle> family;
        try (Program program = sh(script)) {
            family = family(program.output(), 3);
            assertThat(family).allMatch(ProcessHandle::isAlive);
        }
        family.forEach(one -> one.onExit().join());
    }

    @Test
    void endsWhatItLeftBehindWhenItEndedByItself() throws Exception {
        List<ProcessHandle> family;
        try (Program program = sh("sleep 9000 >/dev/null & echo $!")) {
            family = family(program.output(), 1);
            assertThat(program.code()).isEqualTo(OptionalInt.of(0));
            assertThat(family).allMatch(ProcessHandle::isAlive);
        }
        family.forEach(one -> one.onExit().join());
    }

    @Test
    void isOverForItsReaderWhenItIsClosedByAnotherThread() throws Exception {
        Program program = sh("sleep 9000");
        FutureTask<Integer> read = new FutureTask<>(() -> program.output().read());
        Thread reader = new Thread(read, "reader");
        reader.start();

        program.close();
        program.close();

        assertThat(read.get()).isEqualTo(-1);
        reader.join();
    }

    @Test
    void isEndedEvenByAThreadThatWasInterrupted() throws Exception {
        List<ProcessHandle> family;
        Program program = sh(FAMILY);
        family = family(program.output(), 3);

        Thread.currentThread().interrupt();
        program.close();

        assertThat(Thread.interrupted()).isTrue();
        family.forEach(one -> one.onExit().join());
    }

    @ParameterizedTest
    @ValueSource(strings = {FAMILY, "trap '' TERM; " + FAMILY + "; while :; do sleep 9000; done"})
    void endsWithAModuleThatIsKilled(String script) throws Exception {
        Process module = ProgramOwner.start(Map.of(), "/bin/sh", "-c", script);
        List<ProcessHandle> family = family(module.getInputStream(), 3);
        assertThat(family).allMatch(ProcessHandle::isAlive);
        List<ProcessHandle> group = family.subList(0, 2);

        module.destroyForcibly().waitFor();

        group.forEach(one -> one.onExit().join());
        family.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void endsWithTheThreadThatStartedIt() throws Exception {
        FutureTask<Program> start = new FutureTask<>(() -> {
            Program started = sh("echo x; exec sleep 9000");
            assertThat(started.output().read()).isEqualTo('x');
            return started;
        });
        new Thread(start, "starter").start();
        try (Program program = start.get()) {
            program.output().readAllBytes();

            assertThat(program.code().orElseThrow()).isEqualTo(128 + 15);
        }
    }

    @Test
    void keepsItsLastWordsHoweverManyThereAre() throws Exception {
        Said said = run(sh("i=0; while [ $i -lt 20000 ]; do echo \"word $i\" >&2; i=$((i+1)); done; echo done"));

        assertThat(said.output()).isEqualTo("done\n");
        assertThat(said.errors()).hasSize(40).endsWith("word 19998", "word 19999");
    }

    @Test
    void keepsNoLineForEver() throws Exception {
        Said said = run(sh("head -c 3000000 /dev/zero | tr '\\0' x >&2; printf '\\nend\\033[0m\\377' >&2"));

        assertThat(said.errors()).containsExactly("x".repeat(500), "end[0m");
    }

    @Test
    void readsWhatItIsGivenAndSaysNothingOfSecrets() throws Exception {
        List<String> echo = List.of("/bin/sh", "-c", "cat >&2");

        Said said = run(Program.start(echo, "the password is canary", line -> line.replace("canary", "***")));

        assertThat(said.errors()).containsExactly("the password is ***");
    }

    @Test
    void hasNothingOnItsStandardInputAndNoShellBetween() throws Exception {
        Path file = Files.writeString(folder.resolve("a b"), "x");

        Said said = run(Program.start(List.of("/bin/cat", "-", file.toString(), "$HOME;`id`")));

        assertThat(said.output()).isEqualTo("x");
        assertThat(said.errors()).singleElement().asString().contains("$HOME;`id`");
    }

    @Test
    void doesNotSeeWhatIsSecretInTheEnvironment() throws Exception {
        Process module = ProgramOwner.start(
                Map.of(
                        "EdgeHubConnectionString", "canary",
                        "IOTEDGE_WORKLOADURI", "canary",
                        "EDGECAM_STORAGE_KEY", "canary",
                        "RPICAM_LEVEL", "kept"),
                "/usr/bin/env");

        assertThat(new String(module.getInputStream().readAllBytes(), UTF_8))
                .doesNotContain("canary")
                .contains("RPICAM_LEVEL=kept", "PATH=");
    }

    @Test
    void isNamedWithTheFixWhereThereIsNone() throws Exception {
        Path file = Files.writeString(folder.resolve("camera"), "#!/bin/sh\n");
        Programs programs = new Programs("/usr/bin:/bin");

        assertThatThrownBy(() -> programs.find("rpicam-nothing"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("finds no program rpicam-nothing in PATH (/usr/bin:/bin): install it");
        assertThatThrownBy(() -> programs.find("/opt/none")).hasMessageContaining("no program at /opt/none");
        assertThatThrownBy(() -> programs.find(file.toString())).hasMessageContaining("chmod a+rx");
        assertThat(programs.find("sh")).isExecutable();
    }

    private record Said(String output, List<String> errors) {}

    /** All it says until it ends by itself. */
    private static Said run(Program program) throws IOException {
        String output;
        try (program) {
            output = new String(program.output().readAllBytes(), UTF_8);
        }
        return new Said(output, program.errors());
    }

    private static Program sh(String script) throws IOException {
        return Program.start(List.of("/bin/sh", "-c", script));
    }

    private static List<ProcessHandle> family(InputStream in, int size) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        List<ProcessHandle> family = new ArrayList<>();
        while (family.size() < size) {
            family.add(ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow());
        }
        return family;
    }
}
