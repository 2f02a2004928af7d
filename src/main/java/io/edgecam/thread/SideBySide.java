package io.edgecam.thread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out acts side by side, each on a thread of its own, and waits for them, but not for ever. For any number of threads. */
public final class SideBySide {
    private static final Logger log = LoggerFactory.getLogger(SideBySide.class);

    private SideBySide() {}

    /** Returns when all are done or the time is up; what is not done by then is named in the log and left to its fate. */
    public static void run(Map<String, Runnable> acts, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        List<Thread> threads = new ArrayList<>();
        acts.forEach((name, act) -> threads.add(started(name, act)));
        for (Thread thread : threads) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            thread.join(Math.max(1, left));
            if (thread.isAlive()) {
                StackTraceElement[] stack = thread.getStackTrace();
                log.warn("{} is left behind, stuck at {}", thread.getName(), stack.length == 0 ? "?" : stack[0]);
            }
        }
    }

    private static Thread started(String name, Runnable act) {
        Thread thread = new Thread(act, "closing-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
