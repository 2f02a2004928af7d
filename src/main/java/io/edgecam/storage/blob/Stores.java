package io.edgecam.storage.blob;

import io.edgecam.settings.StorageSettings;
import io.edgecam.storage.FolderStore;
import io.edgecam.storage.PictureStore;
import java.time.InstantSource;
import java.util.function.Function;

/** Makes the store that settings ask for. Nothing is contacted before the first picture; for any number of threads. */
public final class Stores implements Function<StorageSettings, PictureStore> {
    private final InstantSource clock;

    public Stores() {
        this(InstantSource.system());
    }

    Stores(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws IllegalArgumentException if the settings name no place */
    @Override
    public PictureStore apply(StorageSettings settings) {
        if (settings.place() instanceof StorageSettings.Nowhere) {
            throw new IllegalArgumentException("there is no store for no place");
        }
        if (settings.place() instanceof StorageSettings.Folder folder) {
            return new FolderStore(folder.path());
        }
        return new BlobStore(settings, clock);
    }
}
