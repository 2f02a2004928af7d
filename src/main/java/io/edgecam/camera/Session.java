package io.edgecam.camera;

import io.edgecam.thread.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source, opened and read on a thread of its own until it fails or is closed. Its owner watches it from another
 * thread, so a source that never comes back from the device keeps nobody else waiting.
 */
final class Session implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /** So long a source may take to let go; then it is left to its fate. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String camera;
    private final FrameSource.Opener opener;
    private final long warmUpNanos;
    private final Consumer<FrameSource.Shot> frames;
    private final LongConsumer damage;
    private final Runnable skipped;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Worker worker;

    private @Nullable FrameSource source;
    private @Nullable String failure;
    private boolean closed;
    private volatile long aliveNanos = System.nanoTime();

    /**
     * @param frames is given every frame after the warm-up, on this session's thread
     * @param damage is given how many more images were thrown away, on this session's thread
     * @param skipped is told of each frame of the warm-up, on this session's thread
     */
    Session(
            String camera,
            FrameSource.Opener opener,
            Duration warmUp,
            Consumer<FrameSource.Shot> frames,
            LongConsumer damage,
            Runnable skipped) {
        this.camera = camera;
        this.opener = opener;
        this.warmUpNanos = warmUp.toNanos();
        this.frames = frames;
        this.damage = damage;
        this.skipped = skipped;
        this.worker = Worker.start("camera-" + camera + "-source", this::run);
    }

    /** Waits until the source has failed, at most so long; why it failed, or null while it goes on. */
    @Nullable
    String awaitFailure(Duration atMost) throws InterruptedException {
        long nanosLeft = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (failure == null && nanosLeft > 0) {
                nanosLeft = ended.awaitNanos(nanosLeft);
            }
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** How long ago it was opened or gave a frame. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - aliveNanos);
    }

    /** Whether its thread still runs: after {@link #close} that means it is stuck in the device's driver. */
    boolean isAlive() {
        return worker.isAlive();
    }

    /** No frame is given on after this. */
    void mute() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it; no frame is given on after this. The source is closed under its reader, which ends a read from the network. */
    @Override
    public void close() {
        mute();
        FrameSource open;
        lock.lock();
        try {
            open = source;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.close();
        }
        worker.close(PATIENCE);
    }

    private void run() throws InterruptedException {
        try (FrameSource open = opener.open()) {
            if (begin(open)) {
                read(open);
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException unforeseen) {
            log.error("Camera {} met a mistake of this program", camera, unforeseen);
            fail("failed in a way this program did not foresee (" + unforeseen + "): please report it, with the log");
        } finally {
            fail("was closed");
        }
    }

    private void read(FrameSource open) throws IOException, InterruptedException {
        long openedNanos = System.nanoTime();
        long damaged = 0;
        boolean warm = warmUpNanos == 0;
        while (!Thread.currentThread().isInterrupted()) {
            FrameSource.Shot shot;
            try {
                shot = open.next();
            } finally {
                long now = open.damaged();
                damage.accept(now - damaged);
                damaged = now;
            }
            aliveNanos = System.nanoTime();
            warm = warm || aliveNanos - openedNanos >= warmUpNanos;
            if (!warm) {
                skipped.run();
            } else if (!give(shot)) {
                return;
            }
        }
    }

    private boolean begin(FrameSource open) {
        lock.lock();
        try {
            source = open;
            aliveNanos = System.nanoTime();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean give(FrameSource.Shot shot) {
        lock.lock();
        try {
            if (!closed) {
                frames.accept(shot);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void fail(String reason) {
        lock.lock();
        try {
            if (failure == null) {
                failure = reason;
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
