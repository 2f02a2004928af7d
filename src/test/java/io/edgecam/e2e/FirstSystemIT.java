package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.localedge.LocalDevice;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The deployment of the first system that edgecam replaces: a device's connection string and the storage's from the
 * environment, the message {@code image}, one blob {@code webcam/picture}, and its three addresses.
 */
@Timeout(180)
class FirstSystemIT {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int STRIP = 50;

    @TempDir
    Path folder;

    private final HttpClient browser = HttpClient.newHttpClient();

    @Test
    void whatItDidIsDoneAndNothingIsLost() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (World world = World.start(folder)) {
            LocalDevice device = world.edge.device();
            device.replaceDesired(JsonParser.parseString("""
                            {"cameras": {"front": {"source": "test:", "width": %d, "height": %d, "warmUpSeconds": 0}},
                             "storage": {"createContainer": true}, "spool": {"folder": "%s"},
                             "web": {"port": %d}, "metrics": {"enabled": false}}
                            """.formatted(WIDTH, HEIGHT, folder.resolve("spool"), port))
                    .getAsJsonObject());
            world.restart(Map.of(
                    "CONNECTION_STRING", device.connectionString(),
                    "EdgeModuleCACertificateFile", world.edge.caFile().toString(),
                    "BLOB_CONNECTION_STRING", world.azurite.connectionString()));
            device.awaitReported(reported -> reported.has("cameras"), World.PATIENCE);

            device.sendCloudToDevice("image").awaitAcknowledged(World.PATIENCE);
            device.awaitTelemetry(
                    message -> message.properties().getOrDefault("type", "").equals("pictureStored"), World.PATIENCE);

            BlobContainerClient container = world.container("webcam");
            assertThat(container.getProperties().getBlobPublicAccess()).isNull();
            BlobClient newest = container.getBlobClient("picture");
            byte[] first = awaitNewest(newest, new byte[0]);
            assertStamped(first);

            HttpResponse<byte[]> posted = get(port, "postimage");
            assertThat(posted.statusCode()).isEqualTo(200);
            JsonArray pictures = JsonParser.parseString(new String(posted.body(), StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonArray("pictures");
            JsonObject second = pictures.get(0).getAsJsonObject();
            assertThat(second.get("state").getAsString()).isEqualTo("uploaded");
            assertThat(awaitNewest(newest, first))
                    .isEqualTo(world.blob(second).downloadContent().toBytes());
            assertThat(container.listBlobs())
                    .as("the newest, and each under its own name")
                    .hasSize(3);

            HttpResponse<byte[]> still = get(port, "image.jpg");
            assertThat(still.headers().firstValue("Content-Type")).contains("image/jpeg");
            assertStamped(still.body());
            HttpResponse<byte[]> page = get(port, "");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        }
    }

    /** It is replaced after the answer, so it is asked for until it is another one. */
    private static byte[] awaitNewest(BlobClient newest, byte[] before) {
        byte[] now = before;
        while (Arrays.equals(now, before)) {
            now = newest.exists() ? newest.downloadContent().toBytes() : before;
        }
        return now;
    }

    private static void assertStamped(byte[] jpeg) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(image.getWidth()).isEqualTo(WIDTH);
        assertThat(image.getHeight()).isEqualTo(HEIGHT + STRIP);
    }

    private HttpResponse<byte[]> get(int port, String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/%s".formatted(port, path)))
                        .build(),
                BodyHandlers.ofByteArray());
    }
}
