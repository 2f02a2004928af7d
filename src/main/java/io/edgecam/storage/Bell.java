package io.edgecam.storage;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes one thread. Rung means that everything may be different now; nudged, that there is more to do. Signals do not
 * pile up. For any number of threads that ring, and one that waits.
 */
final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();
    private boolean rung;
    private boolean nudged;

    void ring() {
        lock.lock();
        try {
            rung = true;
            heard.signal();
        } finally {
            lock.unlock();
        }
    }

    void nudge() {
        lock.lock();
        try {
            nudged = true;
            heard.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for either signal, at most so long. */
    void await(Duration longest) throws InterruptedException {
        await(longest, Duration.ZERO, false);
    }

    /** Waits so long; a ring ends it at once, a nudge from now on when at least {@code least} is over. */
    void pause(Duration longest, Duration least) throws InterruptedException {
        await(longest, least, true);
    }

    private void await(Duration longest, Duration least, boolean forgetNudge) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            nudged &= !forgetNudge;
            long start = System.nanoTime();
            while (!rung) {
                Duration bound = nudged && least.compareTo(longest) < 0 ? least : longest;
                long left = bound.toNanos() - (System.nanoTime() - start);
                if (left <= 0) {
                    break;
                }
                heard.awaitNanos(left);
            }
            rung = false;
            nudged = false;
        } finally {
            lock.unlock();
        }
    }
}
