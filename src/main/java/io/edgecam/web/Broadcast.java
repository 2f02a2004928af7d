package io.edgecam.web;

import io.edgecam.camera.Camera;
import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Frame;
import io.edgecam.settings.LookSettings;
import io.edgecam.thread.Worker;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One view's pictures for all its viewers, from the first to the last of them. Its own thread waits for frames and develops
 * each once; the I/O thread sends them. Between the two stands one slot with the newest picture, so neither waits for the
 * other.
 */
final class Broadcast implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Broadcast.class);
    private static final Duration LOOK_ROUND = Duration.ofSeconds(1);
    private static final Duration PAUSE_WITHOUT_CAMERA = Duration.ofMillis(200);

    private final View view;
    private final Windows windows;
    private final Executor ioThread;
    private final long periodNanos;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean posted = new AtomicBoolean();
    private final AtomicReference<@Nullable Part> unsent = new AtomicReference<>();
    private final Worker worker;
    private volatile @Nullable Part newest;
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean over;

    /** @param framerate the most pictures a second */
    Broadcast(View view, Windows windows, int framerate, Executor ioThread) {
        this.view = view;
        this.windows = windows;
        this.ioThread = ioThread;
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / Math.max(1, framerate);
        this.worker = Worker.start("web-" + view, this::run);
    }

    void add(Viewer viewer) {
        viewers.add(viewer);
    }

    void remove(Viewer viewer) {
        viewers.remove(viewer);
    }

    int viewers() {
        return viewers.size();
    }

    /** How old the newest picture is; empty before the first. */
    Optional<Duration> age() {
        return Optional.ofNullable(newest).map(Part::age);
    }

    /** Ends without waiting, when the last viewer has gone. */
    void stop() {
        worker.stop();
    }

    /** Ends, and closes every viewer. */
    @Override
    public void close() {
        over = true;
        worker.close();
        post();
    }

    private void run() throws InterruptedException {
        long sequence = -1;
        long due = System.nanoTime();
        boolean good = true;
        while (true) {
            Optional<Frame> frame = nextFrame(sequence);
            if (frame.isPresent()) {
                sequence = frame.get().sequence();
                heardNanos = System.nanoTime();
                good = develop(frame.get(), good);
            }
            post();
            due = Math.max(due + periodNanos, System.nanoTime());
            // a little early is good enough: else a camera of just this rate would lose a frame whenever one comes late
            TimeUnit.NANOSECONDS.sleep(frame.isPresent() ? due - periodNanos / 4 - System.nanoTime() : 0);
        }
    }

    /** A camera that is being opened anew with other settings is not there for a moment. */
    private Optional<Frame> nextFrame(long sequence) throws InterruptedException {
        Optional<Camera> source = windows.cameras().find(view.camera());
        if (source.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_WITHOUT_CAMERA.toMillis());
            return Optional.empty();
        }
        return source.get().frameAfter(sequence, LOOK_ROUND);
    }

    private boolean develop(Frame frame, boolean wasGood) {
        LookSettings look = windows.looks().get().get(view.camera());
        if (look == null) {
            return wasGood;
        }
        try {
            Part part = Part.of(frame, windows.darkroom().develop(frame, view.live(look), ""));
            newest = part;
            unsent.set(part);
            return true;
        } catch (BadJpegException e) {
            if (wasGood) {
                log.warn("Live view of {} skips pictures that cannot be read: {}", view, e.getMessage());
            }
            return false;
        }
    }

    /** One task at a time stands in the queue of the I/O thread; it takes what is newest when its turn comes. */
    private void post() {
        if (posted.compareAndSet(false, true)) {
            try {
                ioThread.execute(this::distribute);
            } catch (RejectedExecutionException stopped) {
                log.debug("the page is closed, nobody is shown {}", view);
            }
        }
    }

    private void distribute() {
        posted.set(false);
        Part part = unsent.getAndSet(null);
        Duration silence = Duration.ofNanos(System.nanoTime() - heardNanos);
        for (Viewer viewer : viewers) {
            if (over) {
                viewer.close();
                continue;
            }
            viewer.look(silence);
            if (part != null) {
                viewer.offer(part);
            }
        }
    }
}
