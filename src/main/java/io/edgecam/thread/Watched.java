package io.edgecam.thread;

import java.util.concurrent.Callable;

/**
 * Lets the errors of a job be known that a pool would keep to itself: an error (out of memory, a class that is missing)
 * reaches the thread's uncaught exception handler, which in the module ends the process. For any number of threads.
 */
public final class Watched {
    private Watched() {}

    public static <T> Callable<T> job(Callable<T> job) {
        return () -> {
            try {
                return job.call();
            } catch (Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
                throw e;
            }
        };
    }
}
