package io.edgecam.localedge.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The module as a process of its own, started as a container would start it. For any number of threads. */
public final class ModuleProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "edgecam.jar");
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Process process;

    private ModuleProcess(Process process) {
        this.process = process;
    }

    /** Starts the built jar with the options of the images; its log goes to {@code out}, or nowhere. */
    public static ModuleProcess start(Map<String, String> environment, @Nullable PrintStream out, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-Xmx96m",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        Thread log = new Thread(() -> copy(process, out), "module-log");
        log.setDaemon(true);
        log.start();
        return new ModuleProcess(process);
    }

    /** Waits until the module says that it is ready; false if it ends before, or is not in time. */
    public boolean awaitReady(String url, Duration patience) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(2))
                .build();
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return true;
                }
            } catch (IOException notYet) {
                // nobody listens so far
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for the process's end by itself; its exit code. */
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Kills it as a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Tells it to stop (SIGTERM) and waits; one that does not stop is killed. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TIME_TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Process process, @Nullable PrintStream out) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (out != null) {
                    out.println("module | " + line);
                }
            }
        } catch (IOException ended) {
            // the process is gone, and so is its log
        }
    }
}
