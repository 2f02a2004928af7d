package io.edgecam.storage;

import io.edgecam.event.Events;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.StorageSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keeps pictures: first safe on this device, then in the store. For any number of threads. */
public final class Storage implements AutoCloseable {
    public Storage(Function<StorageSettings, PictureStore> stores, Events events, InstantSource clock) {}

    /** Makes reality match the settings; equal settings restart nothing. Called by one thread. */
    public void apply(StorageSettings storage, SpoolSettings spool) {}

    /** Where a picture of this name will be; empty while no store is set. */
    public Optional<PictureStore.Location> locate(String blobName) {
        return Optional.empty();
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
        return picture;
    }

    /** Waits until the picture has arrived; empty if it has not in time. */
    public Optional<Picture> awaitUpload(String id, Duration patience) throws InterruptedException {
        return Optional.empty();
    }

    /** The newest pictures, newest first: those that wait and the last that arrived. */
    public List<Picture> recent(int limit) {
        return List.of();
    }

    /** Writes, reads and deletes a probe in the store; what it says is for an operator. */
    public String probe() throws StoreException, InterruptedException {
        return "";
    }

    public StorageStatus status() {
        return new StorageStatus(StorageStatus.State.OK, "", java.time.Instant.EPOCH);
    }

    public SpoolStatus spool() {
        return new SpoolStatus(0, 0, Optional.empty(), 0, "disk");
    }

    @Override
    public void close() {}
}
