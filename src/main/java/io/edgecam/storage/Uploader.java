package io.edgecam.storage;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.picture.UnsetClock;
import io.edgecam.storage.SpoolFile.DamagedException;
import io.edgecam.thread.Backoff;
import io.edgecam.thread.Worker;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Brings pictures from the spool to the store, one at a time, on its own thread {@code uploader}. A picture leaves the
 * spool only after the store's own yes. For any number of threads.
 */
final class Uploader implements AutoCloseable {
    private static final int TRIES = 5;
    private static final Duration FOREVER = Duration.ofDays(1);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);

    private final Spools spools;
    private final Turns turns;
    private final SpoolCare care;
    private final Arrivals arrivals;
    private final Events events;
    private final InstantSource clock;
    private final StoreHealth health;
    private final LatestBlobs latest;
    private final Pauses pauses;
    private final Runnable beforeRemoval;
    private final Bell bell = new Bell();
    private final AtomicLong failures = new AtomicLong();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Worker worker;
    private Backoff backoff;
    private volatile Optional<PictureStore> wanted = Optional.empty();
    private Optional<PictureStore> inUse = Optional.empty();
    private volatile boolean closing;

    Uploader(
            Spools spools,
            Turns turns,
            SpoolCare care,
            Arrivals arrivals,
            Events events,
            InstantSource clock,
            StoreHealth health,
            LatestBlobs latest,
            Pauses pauses,
            Runnable beforeRemoval) {
        this.spools = spools;
        this.turns = turns;
        this.care = care;
        this.arrivals = arrivals;
        this.events = events;
        this.clock = clock;
        this.health = health;
        this.latest = latest;
        this.pauses = pauses;
        this.beforeRemoval = beforeRemoval;
        this.backoff = pauses.offline();
        this.worker = Worker.start("uploader", this::run);
    }

    /** From now on pictures go there; the old store is closed after the upload that may be running. Empty = nowhere. */
    void use(Optional<PictureStore> store) {
        synchronized (health) {
            wanted = store;
            if (store.isEmpty()) {
                health.blocked(Storage.NOT_SET, Storage.HOW_TO_SET);
            } else {
                health.untried();
            }
        }
        bell.ring();
    }

    /** There is one more picture. */
    void nudge() {
        bell.nudge();
    }

    /** Tries that did not bring a picture to the store, since the start. */
    long failures() {
        return failures.get();
    }

    /** The upload that may be running gets a last moment, then it is given up; its picture stays in the spool. */
    @Override
    public void close() {
        closing = true;
        bell.ring();
        try {
            if (!done.await(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                worker.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.close();
    }

    private void run() throws InterruptedException {
        try {
            while (!closing) {
                changeStore();
                care.work();
                if (inUse.isPresent()) {
                    work(inUse.get());
                } else {
                    bell.await(care.due().orElse(FOREVER));
                }
            }
        } finally {
            inUse.ifPresent(PictureStore::close);
            done.countDown();
        }
    }

    private void changeStore() {
        Optional<PictureStore> next = wanted;
        if (!next.equals(inUse)) {
            inUse.ifPresent(PictureStore::close);
            inUse = next;
            backoff = pauses.offline();
            turns.startAnew();
            latest.retryNow();
        }
    }

    private void work(PictureStore store) throws InterruptedException {
        Optional<Waiting> next = turns.next(spools);
        if (next.isPresent()) {
            Duration pause = upload(store, next.get());
            if (!pause.isZero()) {
                bell.pause(pause, pauses.eager());
                return;
            }
        }
        latest.work(store);
        if (next.isEmpty()) {
            bell.await(Stream.of(latest.due(), turns.due(), care.due())
                    .flatMap(Optional::stream)
                    .min(Duration::compareTo)
                    .orElse(FOREVER));
        }
    }

    /** @return how long to wait before the next try; zero after a success */
    private Duration upload(PictureStore store, Waiting waiting) throws InterruptedException {
        try {
            Jpeg image = waiting.spool().image(waiting);
            long start = System.nanoTime();
            PictureStore.Location place = store.locate(waiting.picture().blobName());
            Picture picture = waiting.picture().in(place.container(), place.url());
            store.put(picture, image, waiting.tried());
            Picture stored = picture.uploaded(Duration.ofNanos(System.nanoTime() - start), sinceOrder(waiting));
            turns.done(waiting);
            backoff.reset();
            report(store, Optional.empty());
            events.tell(Event.ofPicture(EventType.PICTURE_STORED, clock.instant(), stored, Map.of()));
            arrivals.add(stored);
            beforeRemoval.run();
            waiting.spool().remove(waiting);
            latest.arrived(waiting, stored, image);
            return Duration.ZERO;
        } catch (StoreException e) {
            failures.incrementAndGet();
            report(store, Optional.of(e));
            return afterFailure(waiting, e);
        } catch (DamagedException e) {
            refused(waiting, TRIES, "its file in the spool is damaged: " + e.getMessage());
            return Duration.ZERO;
        } catch (IOException e) {
            unreadable(waiting, e);
            return Duration.ZERO;
        } finally {
            waiting.spool().putBack(waiting);
        }
    }

    private Duration afterFailure(Waiting waiting, StoreException e) {
        return switch (e.remedy()) {
            case RETRY -> backoff.next();
            case OPERATOR -> pauses.blocked();
            case NONE -> {
                refused(waiting, 1, String.valueOf(e.getMessage()));
                yield Duration.ZERO;
            }
        };
    }

    /** A file that was taken away will not come back, unless the whole folder is away. */
    private void unreadable(Waiting waiting, IOException e) {
        if (e instanceof NoSuchFileException && waiting.spool().files().isThere()) {
            turns.done(waiting);
            waiting.spool().lose(waiting);
        } else {
            refused(waiting, 1, "its file " + waiting.fileName() + " cannot be read from the spool: " + e);
        }
    }

    /** @param tries how many this one counts for */
    private void refused(Waiting waiting, int tries, String reason) {
        if (turns.refused(waiting, tries, pauses.offline()) >= TRIES
                && waiting.spool().setAside(waiting, reason)) {
            turns.done(waiting);
        }
    }

    /** What came of an upload says nothing about a store that is set only now. */
    private void report(PictureStore store, Optional<StoreException> failure) {
        synchronized (health) {
            if (wanted.filter(store::equals).isEmpty()) {
                return;
            }
            if (failure.isEmpty()) {
                health.well();
                return;
            }
            String sentence = String.valueOf(failure.get().getMessage());
            switch (failure.get().remedy()) {
                case RETRY -> health.offline(failure.get().code(), sentence);
                case OPERATOR -> health.blocked(failure.get().code(), sentence);
                case NONE -> {}
            }
        }
    }

    private Duration sinceOrder(Waiting waiting) {
        if (waiting.orderedNanos().isPresent()) {
            return Duration.ofNanos(System.nanoTime() - waiting.orderedNanos().getAsLong());
        }
        Duration age = Duration.between(waiting.picture().capturedAt(), clock.instant());
        boolean unknown = age.isNegative() || UnsetClock.said(waiting.picture().capturedAt());
        return unknown ? Duration.ZERO : age;
    }
}
