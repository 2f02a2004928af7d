package io.edgecam.thread;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One named thread that runs until it is closed. An interrupt is the only way to stop it. A job that dies of anything
 * else reaches the thread's uncaught exception handler, which in the module ends the process.
 */
public final class Worker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Thread thread;

    private Worker(Thread thread) {
        this.thread = thread;
    }

    public static Worker start(String name, Job job) {
        Thread thread = new Thread(() -> run(name, job), name);
        thread.setDaemon(true);
        thread.start();
        return new Worker(thread);
    }

    /** Stops the thread and waits for it; one that will not stop is logged with the place it is stuck at. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    /** As {@link #close()}, with a patience of one's own; waits also if it is interrupted itself. */
    public void close(Duration patience) {
        stop();
        if (thread == Thread.currentThread()) {
            return;
        }
        awaitEnd(patience);
        if (thread.isAlive()) {
            StackTraceElement[] stack = thread.getStackTrace();
            log.error("{} did not stop, stuck at {}", thread.getName(), stack.length == 0 ? "?" : stack[0]);
        }
    }

    /** Tells the thread to stop and waits for nothing. */
    public void stop() {
        thread.interrupt();
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    private void awaitEnd(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        for (long left = patience.toMillis(); left > 0 && thread.isAlive(); left = millisUntil(end)) {
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millisUntil(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
    }

    private static void run(String name, Job job) {
        try {
            job.run();
        } catch (InterruptedException closed) {
            log.debug("{} stopped", name);
        }
    }

    /** What the thread does; it returns or lets the interrupt through. */
    public interface Job {
        void run() throws InterruptedException;
    }
}
