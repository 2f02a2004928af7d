package io.edgecam.storage.blob;

import static io.edgecam.storage.SamplePictures.jpeg;
import static io.edgecam.storage.SamplePictures.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.localedge.Azurite;
import io.edgecam.settings.Secret;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.StorageSettings;
import io.edgecam.settings.StorageSettings.ConnectionString;
import io.edgecam.storage.Storage;
import io.edgecam.storage.StorageStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Storage as a whole against a real blob service that goes away and comes back. */
@Timeout(300)
final class OutageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path home;

    private final Azurite azurite = Azurite.find(Path.of(""));
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    @Test
    void picturesOfAnOutageAndARestartArriveOnceEach() throws Exception {
        Assumptions.assumeTrue(azurite.isAvailable(), () -> azurite.whyNot().orElse(""));
        Optional<Path> data = Optional.of(home.resolve("azurite"));
        int port;
        StorageSettings settings;
        Storage first = storage();
        try (Azurite.Running service = azurite.start(data, 0, line -> {})) {
            port = service.port();
            settings = settings(service.connectionString());
            first.apply(settings, spool());
            first.keep(picture(1), jpeg(1), "newest", System.nanoTime());
            assertThat(first.awaitUpload("id-1", PATIENCE)).isPresent();
        }
        first.keep(picture(2), jpeg(2), "newest", System.nanoTime());
        assertThat(first.awaitUpload("id-2", Duration.ofSeconds(2))).isEmpty();
        assertThat(first.status().state()).isEqualTo(State.OFFLINE);
        assertThat(first.status().error()).contains("127.0.0.1:" + port);
        first.close();

        try (Azurite.Running service = azurite.start(data, port, line -> {})) {
            try (Storage second = storage()) {
                second.apply(settings, spool());
                second.keep(picture(3), jpeg(3), "newest", System.nanoTime());
                assertThat(second.awaitUpload("id-2", PATIENCE)).isPresent();
                assertThat(second.awaitUpload("id-3", PATIENCE)).isPresent();
                assertThat(second.probe()).contains("create, overwrite (w), read (r), delete (d) allowed");
            }
            assertThat(arrived).containsExactly("id-1", "id-2", "id-3");
            BlobContainerClient container = new BlobServiceClientBuilder()
                    .connectionString(service.connectionString())
                    .serviceVersion(ApiVersion.USUAL)
                    .buildClient()
                    .getBlobContainerClient("webcam");
            assertThat(container.listBlobs()).hasSize(4);
            assertThat(container.getBlobClient("newest").downloadContent().toBytes())
                    .isEqualTo(jpeg(3).toBytes());
        }
    }

    private Storage storage() {
        Events events = new Events();
        events.listen(event -> {
            if (event.type() == EventType.PICTURE_STORED) {
                arrived.add(event.correlation().orElseThrow());
            }
        });
        return new Storage(new Stores(), events, InstantSource.system(), () -> {});
    }

    private static StorageSettings settings(String connectionString) {
        return new StorageSettings(
                new ConnectionString(new Secret(connectionString)),
                "webcam",
                true,
                Optional.empty(),
                Duration.ofSeconds(10));
    }

    private SpoolSettings spool() {
        return new SpoolSettings(
                home.resolve("spool"),
                10_000_000,
                0,
                SpoolSettings.WhenFull.OVERWRITE_OLDEST,
                SpoolSettings.Order.OLDEST_FIRST);
    }
}
