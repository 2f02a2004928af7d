package io.edgecam.camera;

import io.edgecam.picture.Jpeg;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A camera played by the test: shows a picture again and again, is unplugged, falls silent or hangs when told to. */
final class PlayedCamera implements FrameSource.Opener {
    private final BlockingQueue<Integer> openings = new LinkedBlockingQueue<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger tried = new AtomicInteger();
    private final Semaphore closed = new Semaphore(0);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Jpeg image;
    private volatile String unplugged = "";
    private volatile boolean silent;
    private volatile boolean stumbles;
    private volatile boolean damages;
    private volatile boolean hangs;
    private volatile long ageNanos;

    PlayedCamera(Jpeg image) {
        this.image = image;
    }

    void unplug(String reason) {
        unplugged = reason;
    }

    /** Its reads meet a mistake of this program. */
    void stumble() {
        stumbles = true;
    }

    /** With each frame it gives, it throws another away. */
    void damageOneWithEachFrame() {
        damages = true;
    }

    void plugIn() {
        stumbles = false;
        unplugged = "";
        silent = false;
    }

    /** It gives no frames; its reads end when it is closed or interrupted, as those from a network do. */
    void fallSilent() {
        silent = true;
    }

    /** Its reads come back from nothing but {@link #release}, as in a driver that hangs. */
    void hang() {
        hangs = true;
    }

    void release() {
        hangs = false;
        released.countDown();
    }

    /** Its frames are so old when they come. */
    void lagBy(long nanos) {
        ageNanos = nanos;
    }

    /** How often it was to be opened, with success or without. */
    int timesTried() {
        return tried.get();
    }

    int timesOpened() {
        return opened.get();
    }

    void awaitOpened() throws InterruptedException {
        openings.take();
    }

    void awaitClosed() throws InterruptedException {
        closed.acquire();
    }

    @Override
    public FrameSource open() throws IOException {
        tried.incrementAndGet();
        if (!unplugged.isEmpty()) {
            throw new IOException(unplugged);
        }
        openings.add(opened.incrementAndGet());
        return new Playing();
    }

    /** One opening of it. */
    private final class Playing implements FrameSource {
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger damaged = new AtomicInteger();

        @Override
        public Shot next() throws IOException, InterruptedException {
            if (hangs) {
                hangOn();
            }
            if (silent) {
                end.await();
                throw new IOException("was closed");
            }
            if (!unplugged.isEmpty()) {
                throw new IOException(unplugged);
            }
            if (stumbles) {
                throw new IllegalStateException("stumbled");
            }
            end.await(5, TimeUnit.MILLISECONDS);
            if (damages) {
                damaged.incrementAndGet();
            }
            return new Shot(image, System.nanoTime() - ageNanos);
        }

        @Override
        public long damaged() {
            return damaged.get();
        }

        @Override
        public void close() {
            end.countDown();
            closed.release();
        }

        private void hangOn() {
            boolean out = false;
            while (!out) {
                try {
                    released.await();
                    out = true;
                } catch (InterruptedException deaf) {
                    out = false;
                }
            }
        }
    }
}
