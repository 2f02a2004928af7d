package io.edgecam.web;

import io.edgecam.thread.NamedThreads;
import io.edgecam.thread.Watched;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/**
 * A few threads for work that blocks, and a short queue before them; whoever comes when that is full is told so at once.
 * Threads end when there is nothing to do. Given work by the one I/O thread.
 */
final class Desk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Desk.class);
    private static final int IDLE_SECONDS = 30;
    /** So long work may take to end by itself: an interrupt would break a file that is being written. */
    private static final int GRACE_MILLIS = 800;

    private static final int PATIENCE_SECONDS = 5;

    private final ThreadPoolExecutor threads;
    private final Runnable busy;

    /** @param busy is run whenever someone is sent away */
    Desk(String name, int seats, int queue, Runnable busy) {
        this.busy = busy;
        this.threads = new ThreadPoolExecutor(
                seats, seats, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(queue), new NamedThreads(name));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Carries out the work on a thread of the desk and sends what it gives. */
    void ask(HttpServerExchange exchange, Callable<Reply> work) {
        if (threads.isShutdown()) {
            closing().send(exchange);
            return;
        }
        if (threads.getQueue().remainingCapacity() == 0) {
            busy.run();
            Reply.error(503, "Busy", "too many requests wait for an answer already; try again in a second")
                    .with("Retry-After", "1")
                    .send(exchange);
            return;
        }
        exchange.dispatch(
                task -> give(exchange, task), asked -> carryOut(asked, work).send(asked));
    }

    /** Gives what is being done a moment, interrupts it and waits for it, but not for ever. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (threads.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            threads.shutdownNow();
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("{} requests did not stop in {} s", threads.getActiveCount(), PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever comes at the very moment of closing is cut off, as everybody is a moment later. */
    private void give(HttpServerExchange exchange, Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closing) {
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private static Reply closing() {
        return Reply.error(503, "Stopping", "the page is being closed or restarted; try again in a few seconds");
    }

    private static Reply carryOut(HttpServerExchange exchange, Callable<Reply> work) {
        try {
            return Watched.job(work).call();
        } catch (RefusedException e) {
            return e.reply();
        } catch (InterruptedException closing) {
            return closing();
        } catch (Exception e) {
            log.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestPath(), e);
            return Reply.error(500, "InternalError", "a mistake in edgecam; its log has the details");
        }
    }
}
