package io.edgecam.hub.iotedge;

import com.microsoft.azure.sdk.iot.device.InternalClient;
import io.edgecam.hub.LinkException;
import io.edgecam.hub.LinkStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Whether the line is up, and with which client. For any number of threads. */
final class Line {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final String kind;
    private final InstantSource clock;
    private @Nullable InternalClient client;
    private Instant since;
    private String error = "not connected yet";
    private int connects;

    Line(String kind, InstantSource clock) {
        this.kind = kind;
        this.clock = clock;
        this.since = clock.instant();
    }

    void up(InternalClient connected) {
        lock.lock();
        try {
            client = connected;
            since = clock.instant();
            error = "";
            connects++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void down(String reason) {
        lock.lock();
        try {
            if (client != null) {
                since = clock.instant();
            }
            client = null;
            error = reason;
        } finally {
            lock.unlock();
        }
    }

    InternalClient client() throws LinkException {
        lock.lock();
        try {
            if (client == null) {
                throw LinkException.passing("There is no connection to the hub: " + error);
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    boolean await(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (client == null) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    LinkStatus status() {
        lock.lock();
        try {
            return new LinkStatus(kind, client != null, since, error, connects);
        } finally {
            lock.unlock();
        }
    }
}
