package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.localedge.Azurite;
import io.edgecam.localedge.LocalEdge;
import io.edgecam.localedge.LocalModule;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.demo.ModuleProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Everything around the module, and the module itself as the jar that ships: all real parts but the runtime. */
final class World implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String MODULE = "CameraModule";

    final LocalEdge edge;
    final LocalModule camera;
    final Azurite.Running azurite;
    private final Path folder;
    private ModuleProcess process;

    private World(Path folder, LocalEdge edge, Azurite.Running azurite) throws IOException {
        this.folder = folder;
        this.edge = edge;
        this.azurite = azurite;
        this.camera = edge.module(MODULE);
        camera.replaceDesired(desired());
        this.process = ModuleProcess.start(camera.environment(), System.out);
    }

    static World start(Path folder) throws IOException, InterruptedException {
        LocalEdge edge = LocalEdge.builder()
                .folder(folder.resolve("edge"))
                .methodDelay(Duration.ofMillis(100))
                .module(MODULE)
                .start();
        World world = new World(folder, edge, Azurite.find(Path.of("")).start(line -> {}));
        world.awaitSettings();
        return world;
    }

    /** A desired document with one camera, a store and nothing that is in the way of other tests. */
    JsonObject desired() {
        JsonObject desired = JsonParser.parseString("""
                        {"cameras": {"front": {"source": "test:", "width": 640, "height": 480, "framerate": 15,
                                               "warmUpSeconds": 0}},
                         "web": {"enabled": false}, "metrics": {"enabled": false}}
                        """).getAsJsonObject();
        JsonObject storage = new JsonObject();
        storage.addProperty("connectionString", azurite.connectionString());
        storage.addProperty("createContainer", true);
        desired.add("storage", storage);
        JsonObject spool = new JsonObject();
        spool.addProperty("folder", folder.resolve("spool").toString());
        desired.add("spool", spool);
        return desired;
    }

    /** A patch of the desired properties that has the blob service reached at another port, with the right key. */
    JsonObject storageAt(int port) {
        String text = azurite.connectionString().replace(":" + azurite.port() + "/", ":" + port + "/");
        JsonObject storage = new JsonObject();
        storage.addProperty("connectionString", text);
        JsonObject patch = new JsonObject();
        patch.add("storage", storage);
        return patch;
    }

    /** Waits until the module says that the twin as it is now is in force. */
    void awaitSettings() {
        long version = desiredVersion();
        camera.awaitReported(reported -> acknowledged(reported, "cameras", version, 200), PATIENCE);
    }

    long desiredVersion() {
        return camera.twin().getAsJsonObject("desired").get("$version").getAsLong();
    }

    static boolean acknowledged(JsonObject reported, String key, long version, int code) {
        return reported.has(key)
                && reported.getAsJsonObject(key).has("av")
                && reported.getAsJsonObject(key).get("av").getAsLong() == version
                && reported.getAsJsonObject(key).get("ac").getAsInt() == code;
    }

    MethodResult call(String method, String payload) {
        camera.awaitMethods(PATIENCE);
        return camera.invoke(method, payload, PATIENCE);
    }

    /** Takes one picture, which must be uploaded, and gives what the module says of it. */
    JsonObject take(String payload) {
        MethodResult result = call("takePicture", payload);
        assertThat(result.status()).as("%s", result.payload()).isEqualTo(200);
        JsonObject picture = result.object().getAsJsonArray("pictures").get(0).getAsJsonObject();
        assertThat(picture.get("state").getAsString()).as("%s", picture).isEqualTo("uploaded");
        return picture;
    }

    BlobClient blob(JsonObject picture) {
        return container(picture.get("container").getAsString())
                .getBlobClient(picture.get("blobName").getAsString());
    }

    BlobContainerClient container(String name) {
        return new BlobServiceClientBuilder()
                .connectionString(azurite.connectionString())
                .serviceVersion(BlobServiceVersion.V2025_11_05)
                .buildClient()
                .getBlobContainerClient(name);
    }

    ModuleProcess process() {
        return process;
    }

    /** Ends the module and starts it anew in the same place. */
    void restart(Map<String, String> environment) throws IOException {
        process.close();
        process = ModuleProcess.start(environment, System.out);
    }

    @Override
    public void close() {
        process.close();
        azurite.close();
        edge.close();
    }
}
