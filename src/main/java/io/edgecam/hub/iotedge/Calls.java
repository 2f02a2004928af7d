package io.edgecam.hub.iotedge;

import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import io.edgecam.thread.NamedThreads;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls into the SDK with a bound. Its own time-outs begin only once it has queued a request, and it was seen to get
 * stuck before that; so each call is made on a thread of its own, which is left behind if it never returns. A client that
 * gets stuck, or leaves several calls in a row unanswered, is given up. For any number of threads.
 */
final class Calls {
    /** What a call may take over the SDK's own time-out. */
    private static final Duration GRACE = Duration.ofSeconds(3);
    /** The SDK loses single answers; as many in a row are no accident. */
    private static final int UNANSWERED = 3;

    private final NamedThreads threads = new NamedThreads("hub-call");
    private final BlockingQueue<Signal> signals;
    private final AtomicInteger unanswered = new AtomicInteger();

    Calls(BlockingQueue<Signal> signals) {
        this.signals = signals;
    }

    /**
     * Makes a call.
     *
     * @param millis the SDK's own time-out for it
     * @throws IotHubClientException as the SDK does, and if it does not come back
     */
    <T> T make(Callable<T> call, int millis) throws IotHubClientException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(call);
        threads.newThread(task).start();
        try {
            T result = task.get(millis + GRACE.toMillis(), TimeUnit.MILLISECONDS);
            unanswered.set(0);
            return result;
        } catch (TimeoutException e) {
            task.cancel(true);
            signals.add(new Signal.Lost("the SDK is stuck in a call"));
            throw new IotHubClientException(IotHubStatusCode.DEVICE_OPERATION_TIMED_OUT, "the SDK is stuck");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IotHubClientException failure) {
                count(failure);
                throw failure;
            }
            throw new IotHubClientException(
                    IotHubStatusCode.ERROR, Reasons.of(e.getCause() == null ? e : e.getCause()));
        }
    }

    /** Closes a client; one that does not let itself be closed is left behind. */
    void close(Session session) {
        Thread closing = threads.newThread(session::close);
        closing.start();
        try {
            closing.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(IotHubClientException failure) {
        if (failure.getStatusCode() == IotHubStatusCode.DEVICE_OPERATION_TIMED_OUT
                && unanswered.incrementAndGet() >= UNANSWERED) {
            unanswered.set(0);
            signals.add(new Signal.Lost(UNANSWERED + " calls in a row were not answered"));
        }
    }
}
