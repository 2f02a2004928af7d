package io.edgecam.localedge;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which all state lives. Any thread may ask it something and wait for the answer, or wait until
 * something has come true; what is waited for is looked at again after every change.
 */
final class Loop {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Context context;
    private final List<Waiter<?>> waiters = new ArrayList<>();
    private volatile @Nullable Thread thread;

    Loop(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        context.runOnContext(started -> thread = Thread.currentThread());
    }

    Vertx vertx() {
        return vertx;
    }

    /** Runs on the loop, at once when already there. */
    void tell(Runnable act) {
        if (Thread.currentThread() == thread) {
            act.run();
        } else {
            context.runOnContext(here -> act.run());
        }
    }

    /** Asks on the loop and waits for the answer. */
    <T> T ask(Supplier<T> question) {
        if (Thread.currentThread() == thread) {
            return question.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        context.runOnContext(here -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return result("an answer of the local edge", answer, ANSWER);
    }

    void order(Runnable act) {
        ask(() -> {
            act.run();
            return true;
        });
    }

    /** Starts something on the loop and waits until it is done. */
    <T> T finish(String what, Supplier<Future<T>> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        tell(() -> work.get().onSuccess(done::complete).onFailure(done::completeExceptionally));
        return result(what, done, ANSWER);
    }

    /** On the loop, after a time; the answer cancels it. */
    Runnable after(Duration time, Runnable act) {
        long timer = vertx.setTimer(Math.max(1, time.toMillis()), fired -> act.run());
        return () -> vertx.cancelTimer(timer);
    }

    void every(Duration time, Runnable act) {
        vertx.setPeriodic(Math.max(1, time.toMillis()), fired -> act.run());
    }

    /** On the loop: something is different now. */
    void changed() {
        for (Waiter<?> waiter : List.copyOf(waiters)) {
            if (waiter.look()) {
                waiters.remove(waiter);
            }
        }
    }

    /** Waits until {@code look}, asked on the loop, has an answer. */
    <T> T await(String what, Duration patience, Supplier<Optional<T>> look) {
        CompletableFuture<T> found = new CompletableFuture<>();
        Waiter<T> waiter = new Waiter<>(look, found);
        tell(() -> {
            if (!waiter.look()) {
                waiters.add(waiter);
            }
        });
        try {
            return result(what, found, patience);
        } finally {
            tell(() -> waiters.remove(waiter));
        }
    }

    static <T> T result(String what, CompletableFuture<T> future, Duration patience) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NotInTimeException(what, patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotInTimeException(what, patience, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(what + " failed: " + e.getCause(), e.getCause());
        }
    }

    private record Waiter<T>(Supplier<Optional<T>> condition, CompletableFuture<T> found) {
        boolean look() {
            try {
                condition.get().ifPresent(found::complete);
            } catch (RuntimeException e) {
                found.completeExceptionally(e);
            }
            return found.isDone();
        }
    }
}
