package io.edgecam.storage;

import io.edgecam.picture.Picture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last pictures that have arrived, to look at and to wait for. For any number of threads. */
final class Arrivals {
    private static final int REMEMBERED = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Picture> newestFirst = new ArrayDeque<>();

    void add(Picture picture) {
        lock.lock();
        try {
            newestFirst.addFirst(picture);
            if (newestFirst.size() > REMEMBERED) {
                newestFirst.removeLast();
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a picture that arrives, or is among the last that did. */
    Optional<Picture> await(String id, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            Optional<Picture> picture = find(id);
            while (picture.isEmpty() && nanos > 0) {
                nanos = arrived.awaitNanos(nanos);
                picture = find(id);
            }
            return picture;
        } finally {
            lock.unlock();
        }
    }

    List<Picture> newest(int limit) {
        lock.lock();
        try {
            return newestFirst.stream().limit(limit).toList();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Picture> find(String id) {
        return newestFirst.stream().filter(picture -> picture.id().equals(id)).findFirst();
    }
}
