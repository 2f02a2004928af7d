package io.edgecam.localedge.demo;

import com.google.gson.JsonObject;
import io.edgecam.localedge.Azurite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the demo's pictures go: Azurite, or a folder where Node is missing. */
final class Store implements AutoCloseable {
    /** Where everybody looks for it. */
    private static final int AZURITE_PORT = 10_000;

    private final Azurite.@Nullable Running azurite;
    private final Path pictures;

    private Store(Azurite.@Nullable Running azurite, Path pictures) {
        this.azurite = azurite;
        this.pictures = pictures;
    }

    static Store start(Path folder, boolean inFolder, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path pictures = folder.resolve("pictures");
        Azurite azurite = Azurite.find(Path.of(""));
        Optional<String> missing = azurite.whyNot();
        if (inFolder || missing.isPresent()) {
            missing.ifPresent(progress);
            progress.accept("pictures go to the folder " + pictures);
            return new Store(null, pictures);
        }
        return new Store(
                azurite.start(Optional.of(folder.resolve("azurite")), Ports.freeFrom(AZURITE_PORT), progress),
                pictures);
    }

    /** The twin's {@code storage}. */
    JsonObject settings() {
        JsonObject storage = new JsonObject();
        if (azurite == null) {
            storage.addProperty("folder", pictures.toString());
        } else {
            storage.addProperty("connectionString", azurite.connectionString());
            storage.addProperty("createContainer", true);
        }
        return storage;
    }

    /** How a person gets at the pictures. */
    String words() {
        return azurite == null ? pictures.toString() : azurite.connectionString();
    }

    @Override
    public void close() {
        if (azurite != null) {
            azurite.close();
        }
    }
}
