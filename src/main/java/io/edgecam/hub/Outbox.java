package io.edgecam.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages on their way to the cloud, oldest first. While they go out at once they only pass through memory; when the hub is
 * away they are kept in files, which survive a restart and a loss of power. Both are bounded: beyond that the oldest make
 * room, counted. A message that was sent just before a restart may be sent again, with the same id. For any number of
 * threads.
 */
final class Outbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final Bounds bounds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();

    /** What the oldest file holds and was not sent yet: older than all other files, and these than what is in memory. */
    private final Deque<OutgoingMessage> fromFile = new ArrayDeque<>();

    private final Deque<OutgoingMessage> inMemory = new ArrayDeque<>();
    private @Nullable Path folder;
    private @Nullable OutboxFiles files;
    private boolean away;
    private boolean complained;
    private long dropped;

    Outbox(Bounds bounds) {
        this.bounds = bounds;
    }

    /** From now on this folder is used; what an earlier run has left there goes first. */
    void open(Path wanted) {
        lock.lock();
        try {
            if (!wanted.equals(folder)) {
                OutboxFiles next = OutboxFiles.open(wanted, bounds.files(), bounds.bytesInFile());
                moveTo(next);
                folder = wanted;
                files = next;
                complained = false;
                added.signalAll();
            }
        } catch (IOException e) {
            complain(wanted, e);
        } finally {
            lock.unlock();
        }
    }

    void add(OutgoingMessage message) {
        lock.lock();
        try {
            inMemory.addLast(message);
            if (away || (files != null && !files.isEmpty())) {
                writeDown();
            }
            while (inMemory.size() > bounds.messagesInMemory()) {
                inMemory.removeFirst();
                drop(1);
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a message; it stays the oldest until {@link #remove}. */
    OutgoingMessage oldest() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                readFiles();
                OutgoingMessage oldest = fromFile.isEmpty() ? inMemory.peekFirst() : fromFile.peekFirst();
                if (oldest != null) {
                    return oldest;
                }
                added.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The message has arrived, or never will: it is not wanted again. */
    void remove(OutgoingMessage message) {
        lock.lock();
        try {
            away = false;
            if (fromFile.remove(message)) {
                if (fromFile.isEmpty() && files != null) {
                    files.deleteOldest();
                }
            } else {
                inMemory.remove(message);
            }
        } catch (IOException e) {
            complain(folder, e);
        } finally {
            lock.unlock();
        }
    }

    /** The hub is away: what waits goes to files, and so does what comes until a message has arrived again. */
    void keep() {
        lock.lock();
        try {
            away = true;
            writeDown();
        } finally {
            lock.unlock();
        }
    }

    /** How many wait in memory; those in files are not counted. */
    int waiting() {
        lock.lock();
        try {
            return fromFile.size() + inMemory.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many files with messages wait. */
    int files() {
        lock.lock();
        try {
            return files == null ? 0 : files.count();
        } finally {
            lock.unlock();
        }
    }

    /** How many made room for newer ones. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps what waits for the next run. */
    @Override
    public void close() {
        lock.lock();
        try {
            writeDown();
            if (files != null) {
                files.close();
            }
        } catch (IOException e) {
            complain(folder, e);
        } finally {
            lock.unlock();
        }
    }

    private void writeDown() {
        if (files == null) {
            return;
        }
        try {
            while (!inMemory.isEmpty()) {
                int madeRoom = files.add(MessageText.write(inMemory.getFirst()));
                inMemory.removeFirst();
                if (madeRoom > 0) {
                    fromFile.clear();
                    drop(madeRoom);
                }
            }
            complained = false;
        } catch (IOException e) {
            complain(folder, e);
        }
    }

    /** Makes the messages of the oldest file with any in it ready to be sent. */
    private void readFiles() {
        try {
            while (fromFile.isEmpty() && files != null && !files.isEmpty()) {
                files.oldest().forEach(text -> MessageText.read(text).ifPresent(fromFile::addLast));
                if (fromFile.isEmpty()) {
                    files.deleteOldest();
                }
            }
        } catch (IOException e) {
            complain(folder, e);
        }
    }

    private void moveTo(OutboxFiles next) throws IOException {
        OutboxFiles old = files;
        fromFile.clear();
        while (old != null && !old.isEmpty()) {
            for (String message : old.oldest()) {
                drop(next.add(message));
            }
            old.deleteOldest();
        }
    }

    private void drop(int messages) {
        if (messages > 0 && dropped == 0) {
            log.warn(
                    "The hub is away and all room for events is used: from now on the oldest are dropped for new ones");
        }
        dropped += messages;
    }

    private void complain(@Nullable Path where, IOException e) {
        if (!complained) {
            log.warn("Events that wait for the hub cannot be kept in {}, they wait in memory: {}", where, e.toString());
        }
        complained = true;
    }

    /** How much is kept. */
    record Bounds(int messagesInMemory, int files, int bytesInFile) {
        /** 8 MB on disk: some ten thousand events. A file that was begun is sent again as a whole after a restart. */
        static final Bounds USUAL = new Bounds(1000, 128, 64 * 1024);
    }
}
