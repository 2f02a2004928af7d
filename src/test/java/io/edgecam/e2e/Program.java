package io.edgecam.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The jar as a program of its own: what it says, and how it ends. For one thread. */
final class Program implements AutoCloseable {
    static final Path JAR = Path.of("target", "edgecam.jar");

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader log;
    private final List<String> said = new ArrayList<>();

    private Program(Process process) {
        this.process = process;
        this.log = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param options those of the JVM */
    static Program start(Path jar, Map<String, String> environment, List<String> options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    long pid() {
        return process.pid();
    }

    /** Reads on until a line is as wanted; a program that does not say it in time is killed, for a read cannot be given up. */
    String await(Predicate<String> wanted) throws IOException {
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> process.toHandle().destroyForcibly(),
                CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        try {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                said.add(line);
                if (wanted.test(line)) {
                    return line;
                }
            }
        } finally {
            end.cancel(false);
        }
        throw new AssertionError("the module ended without the line; it said " + String.join("\n", said));
    }

    String awaitReady() throws IOException {
        return await(line -> line.endsWith(" ready"));
    }

    /** SIGTERM; the log stays open. */
    void tellToStop() {
        process.toHandle().destroy();
    }

    /** The exit code; -1 if it has not ended by then. */
    int awaitEnd(int seconds) throws InterruptedException, IOException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            return -1;
        }
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.add(line);
        }
        return process.exitValue();
    }

    /** Everything that was read so far. */
    String said() {
        return String.join("\n", said);
    }

    String lastLine() {
        return said.isEmpty() ? "" : said.get(said.size() - 1);
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
