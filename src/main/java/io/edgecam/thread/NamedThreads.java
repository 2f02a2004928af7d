package io.edgecam.thread;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads for a pool, numbered under one name; none of them keeps the process alive. For any number of threads. */
public final class NamedThreads implements ThreadFactory {
    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    public NamedThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable job) {
        Thread thread = new Thread(job, name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
