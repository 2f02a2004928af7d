package io.edgecam.localedge;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What runs on Node, in {@code src/test/node}: Microsoft's clients, and what checks models and manifests. */
public final class NodeScripts {
    public static final Path FOLDER = Path.of("src", "test", "node").toAbsolutePath();

    private NodeScripts() {}

    /** Installs it by the lock file; without Node and npm the test is skipped, which the report then says. */
    public static void install() throws IOException, InterruptedException {
        assumeTrue(runs("node"), "node is not installed, so its clients cannot be tried");
        assumeTrue(runs("npm"), "npm is not installed, so the clients for node cannot be fetched");
        Path marker = FOLDER.resolve("node_modules/.package-lock.json");
        Path lock = FOLDER.resolve("package-lock.json");
        try (FileChannel one = FileChannel.open(FOLDER.resolve("package.json"), StandardOpenOption.WRITE)) {
            one.lock(); // tests run in several processes
            if (Files.exists(marker)
                    && Files.getLastModifiedTime(marker).compareTo(Files.getLastModifiedTime(lock)) >= 0) {
                return;
            }
            Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "npm-ci.log").toFile())
                    .start();
            assertThat(npm.waitFor(4, MINUTES) && npm.exitValue() == 0)
                    .as("npm ci, see target/npm-ci.log")
                    .isTrue();
        }
    }

    private static boolean runs(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
