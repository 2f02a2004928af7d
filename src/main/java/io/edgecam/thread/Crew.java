package io.edgecam.thread;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few named threads that carry out jobs from a bounded queue. For any number of threads. */
public final class Crew implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Crew.class);
    private static final long PATIENCE_SECONDS = 5;
    private static final long IDLE_SECONDS = 60;

    private final String name;
    private final ThreadPoolExecutor threads;

    /** @param waiting how many jobs may wait when all threads work */
    public Crew(String name, int size, int waiting) {
        this.name = name;
        this.threads = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), new NamedThreads(name));
        threads.allowCoreThreadTimeOut(true);
    }

    /** The job's result to come; empty if too many jobs wait already, or the crew is closed. */
    public <T> Optional<Future<T>> take(Callable<T> job) {
        try {
            return Optional.of(threads.submit(job));
        } catch (RejectedExecutionException full) {
            return Optional.empty();
        }
    }

    /** Interrupts what runs, forgets what waits, and waits for the threads to end. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.error("{} did not stop, {} jobs are stuck", name, threads.getActiveCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
