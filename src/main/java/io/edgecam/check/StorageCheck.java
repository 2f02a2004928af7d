package io.edgecam.check;

import io.edgecam.settings.StorageSettings;
import io.edgecam.storage.PictureStore;
import io.edgecam.storage.StoreException;
import java.util.List;
import java.util.function.Function;

/** Whether pictures can be stored, by a probe that is written, read if that is allowed, and deleted. */
public final class StorageCheck implements Check {
    private static final String SUBJECT = "storage";

    private final StorageSettings settings;
    private final Function<StorageSettings, PictureStore> stores;

    public StorageCheck(StorageSettings settings, Function<StorageSettings, PictureStore> stores) {
        this.settings = settings;
        this.stores = stores;
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        if (settings.place() instanceof StorageSettings.Nowhere) {
            return List.of(Finding.note(
                    SUBJECT,
                    "neither the environment nor --settings names one; what stands in the twin, the running module checks by"
                            + " its method testStorage"));
        }
        try (PictureStore store = stores.apply(settings)) {
            return List.of(Finding.ok(SUBJECT, store.probe()));
        } catch (StoreException e) {
            return List.of(Finding.wrong(SUBJECT, e.code() + ": " + e.getMessage()));
        }
    }
}
