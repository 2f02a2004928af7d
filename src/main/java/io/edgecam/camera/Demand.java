package io.edgecam.camera;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether anyone wants a camera's frames: someone waits for one now, or had one a short while ago. Any number of threads
 * ask; one thread, the camera's, waits for a change.
 */
final class Demand {
    private final long keepNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean always;
    private int waiting;
    private boolean asked;
    private long askedNanos;

    /** @param keep how long one question is remembered; zero = there is always demand */
    Demand(Duration keep) {
        this.keepNanos = keep.toNanos();
        this.always = keep.isZero();
    }

    /** While this holds there is demand, whoever asks; else as if it had never been said. */
    void keepUp(boolean wanted) {
        lock.lock();
        try {
            always = wanted || keepNanos == 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void begin() {
        change(1);
    }

    void end() {
        change(-1);
    }

    boolean someoneWaits() {
        lock.lock();
        try {
            return waiting > 0;
        } finally {
            lock.unlock();
        }
    }

    boolean exists() {
        lock.lock();
        try {
            return wanted();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is demand, or for so long; tells which. */
    boolean await(Duration atMost) throws InterruptedException {
        long nanosLeft = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!wanted() && nanosLeft > 0) {
                nanosLeft = changed.awaitNanos(nanosLeft);
            }
            return wanted();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until someone waits for a frame, at most so long. */
    void awaitWaiting(Duration atMost) throws InterruptedException {
        long nanosLeft = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting == 0 && nanosLeft > 0) {
                nanosLeft = changed.awaitNanos(nanosLeft);
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(int by) {
        lock.lock();
        try {
            waiting += by;
            asked = true;
            askedNanos = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean wanted() {
        return always || waiting > 0 || (asked && System.nanoTime() - askedNanos < keepNanos);
    }
}
