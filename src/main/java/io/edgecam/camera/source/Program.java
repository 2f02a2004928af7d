package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgecam.thread.Worker;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A running program that writes to its standard output. It is started from a list of arguments without a shell, and its
 * end is the end of all it has started. Started and read by one thread, which must outlive it: the {@linkplain Guard
 * kernel} ends it with that thread. {@link #close} may come from a second thread, and more than once.
 */
final class Program implements AutoCloseable {
    private static final long GRACE_MILLIS = 1000;
    private static final int ROUNDS = 3;
    /** Variables that a program has no business with: keys, and the module's own settings. */
    private static final Pattern CONFIDENTIAL =
            Pattern.compile("(?i)EDGECAM_.*|IOTEDGE_.*|AZURE_.*|.*(CONNECTION|SECRET|PASSW|KEY|TOKEN|CREDENTIAL).*");

    private final Process process;
    private final LastLines errors;
    private final Worker reader;

    private Program(Process process, String name, UnaryOperator<String> redaction) {
        this.process = process;
        this.errors = new LastLines(process.getErrorStream(), redaction);
        this.reader = Worker.start("errors-" + name, errors::readAll);
    }

    /**
     * Starts it with an empty standard input.
     *
     * @param command the file of the program and its arguments
     */
    static Program start(List<String> command) throws IOException {
        return new Program(process(command, Redirect.from(new File("/dev/null"))), name(command), line -> line);
    }

    /**
     * Starts it with this text as its standard input.
     *
     * @param redaction takes the secrets out of a line that the program says
     */
    static Program start(List<String> command, String input, UnaryOperator<String> redaction) throws IOException {
        Program program = new Program(process(command, Redirect.PIPE), name(command), redaction);
        try (OutputStream out = program.process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            // it has ended before it read that: its last words say why
            program.process.destroy();
        }
        return program;
    }

    /** What it writes; ends when the program has ended. */
    InputStream output() {
        return process.getInputStream();
    }

    /** The last lines it said on standard error, oldest first. */
    List<String> errors() {
        return errors.all();
    }

    /** Waits for its end after that of its output; its code, which is 128 + n after signal n, or empty if it goes on. */
    OptionalInt code() throws InterruptedException {
        boolean over = process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        return over ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    }

    /** Waits until nothing more can be said on standard error, and ends whatever is left of it. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            askToEnd();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        kill();
        reader.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void askToEnd() throws InterruptedException {
        if (process.isAlive()) {
            // all of them are looked up first: the children of one that has ended have another parent
            family().forEach(ProcessHandle::destroy);
            process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** In rounds, because a process may have started another one just before its end. */
    private void kill() {
        Set<ProcessHandle> family = family();
        for (int i = 0; i < ROUNDS && !family.isEmpty(); i++) {
            family.forEach(ProcessHandle::destroyForcibly);
            family = family();
        }
    }

    /** It and its descendants as long as they live, and who is left of its process group after their parents died. */
    private Set<ProcessHandle> family() {
        Set<ProcessHandle> family = new HashSet<>();
        ProcessHandle.allProcesses()
                .filter(other -> isInGroup(other.pid(), process.pid()))
                .forEach(family::add);
        process.descendants().forEach(family::add);
        if (process.isAlive()) {
            family.add(process.toHandle());
        }
        return family;
    }

    /** Whether a process belongs to this group and is not dead already; from the fields 3 and 5 of its stat (proc(5)). */
    private static boolean isInGroup(long pid, long group) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return !fields[0].equals("Z") && Long.parseLong(fields[2]) == group;
        } catch (IOException gone) {
            return false;
        }
    }

    private static Process process(List<String> command, Redirect input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Guard.around(command)).redirectInput(input);
        builder.environment()
                .keySet()
                .removeIf(name -> CONFIDENTIAL.matcher(name).matches());
        return builder.start();
    }

    private static String name(List<String> command) {
        return String.valueOf(Path.of(command.get(0)).getFileName());
    }
}
