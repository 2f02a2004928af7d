package io.edgecam.shipping;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A container of a trial, which is gone when it is closed. For one thread. */
final class Container implements AutoCloseable {
    private final Engine engine;
    private final String id;

    Container(Engine engine, String id) {
        this.engine = engine;
        this.id = id;
    }

    void start() throws IOException, InterruptedException {
        engine.docker("start", id);
    }

    /** Tells it to stop, waits, and gives the exit code. */
    int stop() throws IOException, InterruptedException {
        engine.docker("stop", "--time", "15", id);
        return state().get("ExitCode").getAsInt();
    }

    boolean runs() throws IOException, InterruptedException {
        return state().get("Running").getAsBoolean();
    }

    /** @param to where on this machine; must not be there yet */
    void copy(String from, Path to) throws IOException, InterruptedException {
        engine.docker("cp", id + ":" + from, to.toString());
    }

    String log() throws IOException, InterruptedException {
        return engine.docker("logs", "--tail", "40", id);
    }

    /** Whether a command in it ends with 0. */
    boolean agrees(String user, String... command) throws IOException, InterruptedException {
        String[] exec = new String[command.length + 4];
        System.arraycopy(new String[] {"exec", "--user", user, id}, 0, exec, 0, 4);
        System.arraycopy(command, 0, exec, 4, command.length);
        return engine.dockerAgrees(exec);
    }

    /** What the kernel says of the module's process, by name: {@code VmRSS}, {@code CapEff}, and so on. */
    Map<String, String> process() throws IOException, InterruptedException {
        List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"));
        return lines.stream()
                .filter(line -> line.contains(":"))
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1].strip()));
    }

    boolean maps(String file) throws IOException, InterruptedException {
        return Files.readString(Path.of("/proc", Long.toString(pid()), "maps")).contains(file);
    }

    @Override
    public void close() throws IOException {
        try {
            engine.docker("rm", "--force", "--volumes", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The module is what the small first process started, where the engine was told to put one before it. */
    private long pid() throws IOException, InterruptedException {
        long first = state().get("Pid").getAsLong();
        return ProcessHandle.of(first)
                .orElseThrow()
                .children()
                .findFirst()
                .map(ProcessHandle::pid)
                .orElse(first);
    }

    private JsonObject state() throws IOException, InterruptedException {
        return engine.inspect(id).getAsJsonObject("State");
    }
}
