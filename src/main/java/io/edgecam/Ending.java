package io.edgecam;

import io.edgecam.thread.SideBySide;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the process ends: once, in order, within a bound, with a code and a last line that says why. Codes above 63 are those
 * of sysexits.h. For any number of threads.
 */
final class Ending {
    /** It was told to stop. */
    static final int TOLD = 0;
    /** It was started in a way that cannot work. */
    static final int WRONG_USE = 2;
    /** The heap is used up; the code that the JVM itself ends with under {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int OUT_OF_MEMORY = 3;
    /** "Service unavailable": the hub cannot be had. */
    static final int NO_HUB = 69;
    /** "Internal software error": a thread died. */
    static final int DEAD_THREAD = 70;

    private static final Logger log = LoggerFactory.getLogger(Ending.class);
    /** Docker and edgeAgent kill what has not ended 10 s after SIGTERM. */
    private static final Duration TIME_TO_STOP = Duration.ofMillis(7500);

    private record Reason(int code, String words) {}

    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private volatile @Nullable Runnable close;

    /** From now on a signal, and a thread that dies, end the process in order. */
    static Ending watch() {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(ending::stop, "stop"));
        Thread.setDefaultUncaughtExceptionHandler(ending::died);
        return ending;
    }

    /** What is to be done before the end. */
    void first(Runnable act) {
        close = act;
    }

    /** Ends the process with this code; the first who says so is heard. Returns at once. */
    void end(int code, String words) {
        if (reason.compareAndSet(null, new Reason(code, words))) {
            new Thread(() -> System.exit(code), "ending").start();
        }
    }

    @SuppressWarnings("CatchingUnchecked")
    private void died(Thread thread, Throwable failure) {
        boolean memory = failure instanceof OutOfMemoryError;
        int code = memory ? OUT_OF_MEMORY : DEAD_THREAD;
        try {
            log.error("Thread {} died", thread.getName(), failure);
            end(code, "thread " + thread.getName() + " died of " + failure);
        } catch (Throwable nothingWorksAnyMore) {
            Runtime.getRuntime().halt(code);
        }
    }

    /** Without a reason it was a signal. The JVM would end with the signal's number. */
    private void stop() {
        reason.compareAndSet(null, new Reason(TOLD, "it was told to stop"));
        Reason why = reason.get();
        Runnable act = close;
        try {
            if (act != null) {
                SideBySide.run(Map.of("module", act), TIME_TO_STOP);
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            log.error("Not everything was closed", e);
        }
        if (why == null || why.code() == TOLD) {
            log.info("stopped");
            Runtime.getRuntime().halt(TOLD);
        } else {
            log.error("The module ends with code {}, to be started anew: {}", why.code(), why.words());
            Runtime.getRuntime().halt(why.code());
        }
    }
}
