package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.edgecam.localedge.LocalDevice;
import io.edgecam.localedge.Telemetry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same module under each identity that it can have: of IoT Edge over both sockets, of a module, of a device. */
@Timeout(180)
class IdentitiesIT {
    @TempDir
    static Path folder;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.start(folder);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void anIotEdgeModuleOverTheUnixSocket() throws Exception {
        world.restart(world.camera.environmentOverUnixSocket());
        takesAPicture("iotedge");
    }

    @Test
    void anIotEdgeModuleByConnectionStringAsInAnIde() throws Exception {
        world.restart(Map.of(
                "EdgeHubConnectionString", world.camera.connectionString(),
                "EdgeModuleCACertificateFile", world.edge.caFile().toString()));
        takesAPicture("iotedge");
    }

    @Test
    void aModuleIdentity() throws Exception {
        world.restart(Map.of(
                "CONNECTION_STRING", world.camera.connectionString(),
                "EdgeModuleCACertificateFile", world.edge.caFile().toString()));
        takesAPicture("module");
    }

    @Test
    void aDeviceIdentityTakesMessagesFromTheCloud() throws Exception {
        LocalDevice device = world.edge.device();
        device.replaceDesired(world.desired());
        world.restart(Map.of(
                "CONNECTION_STRING", device.connectionString(),
                "EdgeModuleCACertificateFile", world.edge.caFile().toString()));
        device.awaitReported(
                reported -> reported.has("cameras")
                        && reported.getAsJsonObject("module")
                                .get("link")
                                .getAsString()
                                .equals("device"),
                World.PATIENCE);

        device.sendCloudToDevice("image").awaitAcknowledged(World.PATIENCE);
        Telemetry told = device.awaitTelemetry(
                message -> message.properties().getOrDefault("type", "").equals("pictureStored"), World.PATIENCE);
        assertThat(told.properties()).containsEntry("trigger", "message");
        device.awaitMethods(World.PATIENCE);
        assertThat(device.invoke("takePicture", "{}", World.PATIENCE).status()).isEqualTo(200);
    }

    private static void takesAPicture(String link) {
        world.camera.awaitReported(reported -> isLink(reported, link), World.PATIENCE);
        world.take("{}");
    }

    private static boolean isLink(JsonObject reported, String link) {
        return reported.has("module")
                && reported.getAsJsonObject("module").get("link").getAsString().equals(link);
    }
}
