package io.edgecam.camera;

import io.edgecam.picture.Frame;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands the newest frame from one writer to any number of readers. A slow reader skips frames; it never delays the
 * writer or another reader, and at most one frame is kept.
 */
final class NewestFrame {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Frame frame;
    private boolean dismissed;

    void publish(Frame next) {
        lock.lock();
        try {
            frame = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How old the frame is; empty if there is none. */
    Optional<Duration> age() {
        lock.lock();
        try {
            return Optional.ofNullable(frame)
                    .map(newest -> Duration.ofNanos(Math.max(0, System.nanoTime() - newest.capturedNanos())));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the frame, for it grows old now that the camera is not read. */
    void clear() {
        lock.lock();
        try {
            frame = null;
        } finally {
            lock.unlock();
        }
    }

    /** Sends away everyone who waits, now and from now on: no frame will come. */
    void dismiss() {
        lock.lock();
        try {
            dismissed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a frame that is good enough; empty if none came in time. */
    Optional<Frame> await(Predicate<Frame> goodEnough, Duration patience) throws InterruptedException {
        long nanosLeft = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (frame == null || !goodEnough.test(frame)) {
                if (nanosLeft <= 0 || dismissed) {
                    return Optional.empty();
                }
                nanosLeft = changed.awaitNanos(nanosLeft);
            }
            return Optional.of(frame);
        } finally {
            lock.unlock();
        }
    }
}
