package io.edgecam.storage;

import io.edgecam.event.Events;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.StorageSettings;
import io.edgecam.storage.SpoolFile.DamagedException;
import io.edgecam.storage.StoreException.Remedy;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Keeps pictures: first safe on this device, then in the store. For any number of threads. */
public final class Storage implements AutoCloseable {
    static final String NOT_SET = "StorageNotSet";
    static final String HOW_TO_SET = "No storage is set, pictures wait in the spool: set storage.connectionString, or"
            + " storage.accountName and storage.accountKey, storage.sasUrl or storage.folder";

    private final Function<StorageSettings, PictureStore> stores;
    private final Losses losses;
    private final Spools spools;
    private final Arrivals arrivals = new Arrivals();
    private final RecentImages images = new RecentImages(RecentImages.MAX_BYTES);
    private final Turns turns = new Turns();
    private final SpoolCare care;
    private final StoreHealth storeHealth;
    private final StoreHealth latestHealth;
    private final Uploader uploader;
    private volatile Optional<StorageSettings> inForce = Optional.empty();
    private volatile Optional<PictureStore> store = Optional.empty();
    private volatile boolean closed;
    private Optional<SpoolSettings> spoolInForce = Optional.empty();

    /**
     * @param beforeRemoval is run after a picture was told of as stored, and before its file is removed: whoever must not
     *     forget that it was stored makes it durable then
     */
    public Storage(
            Function<StorageSettings, PictureStore> stores,
            Events events,
            InstantSource clock,
            Runnable beforeRemoval) {
        this(stores, events, clock, beforeRemoval, Pauses.USUAL);
    }

    Storage(
            Function<StorageSettings, PictureStore> stores,
            Events events,
            InstantSource clock,
            Runnable beforeRemoval,
            Pauses pauses) {
        this.stores = stores;
        this.losses = new Losses(events, clock);
        this.spools = new Spools(losses);
        this.care = new SpoolCare(spools, new StoreHealth("pictures in the spool", events, clock), pauses);
        this.storeHealth = new StoreHealth("pictures", events, clock);
        this.latestHealth = new StoreHealth("the newest picture", events, clock);
        LatestBlobs latest = new LatestBlobs(spools, latestHealth, pauses);
        this.uploader =
                new Uploader(spools, turns, care, arrivals, events, clock, storeHealth, latest, pauses, beforeRemoval);
    }

    /** Makes reality match the settings; equal settings restart nothing. Called by one thread. */
    public void apply(StorageSettings storage, SpoolSettings spool) {
        if (!spoolInForce.equals(Optional.of(spool))) {
            spoolInForce = Optional.of(spool);
            useSpool(spool);
        }
        if (!inForce.equals(Optional.of(storage))) {
            inForce = Optional.of(storage);
            boolean nowhere = storage.place() instanceof StorageSettings.Nowhere;
            store = nowhere ? Optional.empty() : Optional.of(stores.apply(storage));
            uploader.use(store);
        }
    }

    /** Where a picture of this name will be; empty while no store is set. */
    public Optional<PictureStore.Location> locate(String blobName) {
        return store.map(place -> place.locate(blobName));
    }

    /**
     * Takes a picture into safety; it has survived a loss of power when this returns. The upload follows by itself.
     *
     * @param latest blob that it also replaces once uploaded; empty = none
     * @param orderedNanos when it was ordered, on the scale of {@link System#nanoTime}
     * @return the picture with the time that spooling took
     * @throws SpoolFullException if there is no room and new pictures are to be refused
     * @throws IOException if it cannot be written, in the operator's words
     */
    public Picture keep(Picture picture, Jpeg image, String latest, long orderedNanos) throws IOException {
        if (closed) {
            throw new IOException("The module is stopping, no more pictures are kept");
        }
        try {
            Spool spool = spools.current();
            Picture kept = write(spool, picture, image, latest, orderedNanos);
            images.add(kept.id(), image);
            care.well();
            uploader.nudge();
            return kept;
        } catch (SpoolFullException full) {
            throw full;
        } catch (IOException e) {
            care.failed(e);
            uploader.nudge();
            throw e;
        }
    }

    /** Waits until the picture has arrived, which goes before others meanwhile; empty if it has not in time. */
    public Optional<Picture> awaitUpload(String id, Duration patience) throws InterruptedException {
        turns.await(id);
        try {
            return arrivals.await(id, patience);
        } finally {
            turns.stopAwaiting(id);
        }
    }

    /** The newest pictures, newest first: those that wait and the last that arrived. */
    public List<Picture> recent(int limit) {
        List<Picture> arrived = arrivals.newest(limit);
        return Stream.concat(
                        arrived.stream(),
                        spools.newest(limit).stream()
                                .filter(picture -> arrived.stream()
                                        .noneMatch(other -> other.id().equals(picture.id()))))
                .sorted(Comparator.comparing(Picture::capturedAt).reversed())
                .limit(limit)
                .toList();
    }

    /** All pictures that wait for their upload, newest first. */
    public List<Picture> waiting() {
        return spools.newest(Integer.MAX_VALUE);
    }

    /** The pixels of a picture that was taken just now or still waits on this device; empty if they are not here any more. */
    public Optional<Jpeg> image(String id) {
        return images.find(id).or(() -> waitingImage(id));
    }

    /** Writes, reads and deletes a probe in the store; what it says is for an operator. */
    public String probe() throws StoreException, InterruptedException {
        StorageSettings settings = inForce.filter(other -> !(other.place() instanceof StorageSettings.Nowhere))
                .orElseThrow(() -> new StoreException(Remedy.OPERATOR, NOT_SET, HOW_TO_SET));
        try (PictureStore own = stores.apply(settings)) {
            return own.probe();
        }
    }

    public StorageStatus status() {
        return Stream.of(care.status(), storeHealth.status(), latestHealth.status())
                .filter(status -> status.state() != StorageStatus.State.OK)
                .findFirst()
                .orElseGet(storeHealth::status);
    }

    public SpoolStatus spool() {
        return spools.status();
    }

    /** Pictures that were set aside since the start, damaged on disk or refused by the store. */
    public long setAside() {
        return losses.setAsideCount();
    }

    /** Uploads that were tried since the start and did not reach the store. */
    public long uploadFailures() {
        return uploader.failures();
    }

    @Override
    public void close() {
        closed = true;
        uploader.close();
        spools.close();
    }

    private void useSpool(SpoolSettings settings) {
        try {
            spools.use(settings);
            care.well();
        } catch (IOException e) {
            care.failed(e);
        }
        uploader.nudge();
    }

    private Optional<Jpeg> waitingImage(String id) {
        return spools.find(id).flatMap(waiting -> {
            try {
                return Optional.of(waiting.spool().image(waiting));
            } catch (IOException | DamagedException gone) {
                return Optional.empty();
            }
        });
    }

    private static Picture write(Spool spool, Picture picture, Jpeg image, String latest, long orderedNanos)
            throws IOException {
        try {
            return spool.add(picture, image, latest, orderedNanos).picture();
        } catch (SpoolFullException full) {
            throw full;
        } catch (IOException e) {
            throw Spools.unwritable(spool, e);
        }
    }
}
