package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeclaredCommands;
import io.edgecam.settings.DeviceSettings;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A camera that a program of the device reads: it writes JPEGs to its standard output, one after another, or one and
 * then ends and is run again. For one reading thread; {@link #close} from another one ends the program and so the read.
 *
 * <p>The first picture of a run counts as captured when the program was started: its first byte comes some time after
 * the exposure, and an order from between the two must not get it. Later pictures count from their first byte.
 */
final class ExecCamera implements FrameSource {
    private final List<String> command;
    private final String where;
    private final long periodNanos;
    private @Nullable Run run;
    private long damagedBefore;
    private boolean closed;

    private ExecCamera(List<String> command, String where, int framerate) throws IOException {
        this.command = command;
        this.where = where;
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / Math.max(1, framerate);
        start();
    }

    static Opener opener(DeviceSettings settings, DeclaredCommands commands, Programs programs) {
        String where = settings.source().toString();
        return () -> {
            try {
                List<String> command =
                        new ArrayList<>(commands.arguments(settings.source().address()));
                command.set(0, programs.find(command.get(0)).toString());
                return new ExecCamera(command, where, settings.framerate());
            } catch (IOException | IllegalArgumentException e) {
                throw new IOException(where + " " + e.getMessage(), e);
            }
        };
    }

    @Override
    public Shot next() throws IOException, InterruptedException {
        Run now = current();
        while (true) {
            try {
                return now.next();
            } catch (EOFException e) {
                now = again(now);
            } catch (IOException e) {
                throw new IOException(where + " " + e.getMessage(), e);
            }
        }
    }

    @Override
    public synchronized long damaged() {
        return damagedBefore + (run == null ? 0 : run.jpegs.damaged());
    }

    @Override
    public void close() {
        Run last;
        synchronized (this) {
            closed = true;
            last = run;
        }
        if (last != null) {
            last.program.close();
        }
    }

    /** The next run of a program that has ended well. */
    private Run again(Run last) throws IOException, InterruptedException {
        OptionalInt code = last.program.code();
        last.program.close();
        if (last.pictures == 0 || code.orElse(-1) != 0) {
            throw new IOException(where + " " + last.failure(code));
        }
        TimeUnit.NANOSECONDS.sleep(last.startedNanos + periodNanos - System.nanoTime());
        return start();
    }

    private synchronized Run current() throws IOException {
        if (closed || run == null) {
            throw new IOException(where + " was closed");
        }
        return run;
    }

    private synchronized Run start() throws IOException {
        if (closed) {
            throw new IOException(where + " was closed");
        }
        damagedBefore = damaged();
        Run next = new Run(command);
        run = next;
        return next;
    }

    /** The program from its start to its end. */
    private static final class Run {
        private final long startedNanos = System.nanoTime();
        private final Program program;
        private final JpegStream jpegs;
        private long pictures;

        Run(List<String> command) throws IOException {
            this.program = Program.start(command);
            this.jpegs = new JpegStream(program.output());
        }

        Shot next() throws IOException, InterruptedException {
            Shot shot = jpegs.next();
            return pictures++ == 0 ? new Shot(shot.image(), startedNanos) : shot;
        }

        String failure(OptionalInt code) {
            String how = code.isEmpty() ? "closed its output but went on" : "ended" + withCode(code.getAsInt());
            List<String> words = program.errors();
            return how + (pictures == 0 ? " without a whole picture" : " after " + pictures + " pictures") + ": "
                    + (words.isEmpty() ? advice() : "it says: " + words.get(words.size() - 1));
        }

        private static String withCode(int code) {
            return code > 128 ? " by signal " + (code - 128) : " with code " + code;
        }

        private static String advice() {
            return "it must write JPEGs to its standard output, and says nothing on its standard error;"
                    + " try it on the command line of the device";
        }
    }
}
