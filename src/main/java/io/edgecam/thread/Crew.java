package io.edgecam.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few named threads that carry out jobs from a bounded queue. For any number of threads. */
public final class Crew implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Crew.class);
    /** So long what runs may take to end by itself: an interrupt would break a file that is being written. */
    private static final long GRACE_SECONDS = 1;

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

    /** The job's result to come; empty if too many jobs wait already, or the crew {@link #isClosed}. */
    public <T> Optional<Future<T>> take(Callable<T> job) {
        return take(job, () -> {});
    }

    /** @param forgotten is run if the crew is closed before the job's turn has come */
    public <T> Optional<Future<T>> take(Callable<T> job, Runnable forgotten) {
        FutureTask<T> task = new Queued<>(Watched.job(job), forgotten);
        try {
            threads.execute(task);
            return Optional.of(task);
        } catch (RejectedExecutionException full) {
            return Optional.empty();
        }
    }

    /** Whether it takes no more jobs for good. */
    public boolean isClosed() {
        return threads.isShutdown();
    }

    /**
     * Carries out the jobs side by side and hands each result to {@code use}, on this thread, as it comes. A job that finds
     * no free place is done by this thread.
     */
    public <T> void each(List<Callable<T>> jobs, Use<T> use) throws InterruptedException {
        BlockingQueue<Future<T>> done = new LinkedBlockingQueue<>();
        List<FutureTask<T>> tasks = new ArrayList<>();
        try {
            for (Callable<T> job : jobs) {
                FutureTask<T> task = new Announced<>(Watched.job(job), done);
                tasks.add(task);
                start(task, jobs.size());
            }
            for (int count = 0; count < jobs.size(); count++) {
                use.take(result(done.take()));
            }
        } finally {
            tasks.forEach(task -> task.cancel(true));
        }
    }

    /**
     * Takes no more jobs, forgets those that wait, gives those that run a moment to end, then interrupts them, and waits for
     * the threads to end.
     */
    @Override
    public void close() {
        threads.shutdown();
        List<Runnable> waiting = new ArrayList<>();
        threads.getQueue().drainTo(waiting);
        waiting.forEach(job -> ((Future<?>) job).cancel(false));
        try {
            if (threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            threads.shutdownNow();
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.error("{} did not stop, {} jobs are stuck", name, threads.getActiveCount());
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void start(FutureTask<?> task, int ofSoMany) {
        if (ofSoMany == 1) {
            task.run();
            return;
        }
        try {
            threads.execute(task);
        } catch (RejectedExecutionException full) {
            task.run();
        }
    }

    private static <T> T result(Future<T> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("stopped");
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What is done with a result. */
    public interface Use<T> {
        void take(T result) throws InterruptedException;
    }

    /** Says if it was forgotten. */
    private static final class Queued<T> extends FutureTask<T> {
        private final Runnable forgotten;

        Queued(Callable<T> job, Runnable forgotten) {
            super(job);
            this.forgotten = forgotten;
        }

        @Override
        protected void done() {
            if (isCancelled()) {
                forgotten.run();
            }
        }
    }

    /** Says when it is done. */
    private static final class Announced<T> extends FutureTask<T> {
        private final BlockingQueue<Future<T>> announced;

        Announced(Callable<T> job, BlockingQueue<Future<T>> announced) {
            super(job);
            this.announced = announced;
        }

        @Override
        protected void done() {
            announced.add(this);
        }
    }
}
