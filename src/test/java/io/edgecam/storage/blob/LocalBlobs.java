package io.edgecam.storage.blob;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import io.edgecam.localedge.Azurite;
import io.edgecam.settings.Secret;
import io.edgecam.settings.StorageSettings;
import io.edgecam.settings.StorageSettings.ConnectionString;
import io.edgecam.settings.StorageSettings.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** A real Azurite for all tests of storage, and what they need to look into it. Started with the first. */
public final class LocalBlobs {
    private static final LocalBlobs SHARED = new LocalBlobs();

    private final Azurite azurite = Azurite.find(Path.of(""));
    private Optional<Azurite.Running> running = Optional.empty();

    private LocalBlobs() {}

    /** Skips the test, saying why, on a machine without Node. */
    public static Azurite.Running azurite() {
        Optional<String> missing = SHARED.azurite.whyNot();
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        return SHARED.running();
    }

    public static BlobServiceClient service() {
        return new BlobServiceClientBuilder()
                .connectionString(azurite().connectionString())
                .serviceVersion(ApiVersion.USUAL)
                .buildClient();
    }

    /** A container of its own for each test. */
    public static BlobContainerClient newContainer() {
        BlobContainerClient container = service().getBlobContainerClient(newName());
        container.create();
        return container;
    }

    public static String newName() {
        return "t" + UUID.randomUUID();
    }

    static StorageSettings settings(Place place, String container) {
        return new StorageSettings(place, container, false, Optional.empty(), Duration.ofSeconds(20));
    }

    static StorageSettings byConnectionString(String container) {
        return settings(new ConnectionString(new Secret(azurite().connectionString())), container);
    }

    /** A SAS URL for a container, valid for an hour around the expiry given. */
    public static String containerSas(BlobContainerClient container, String rights, OffsetDateTime expiry) {
        BlobServiceSasSignatureValues values =
                new BlobServiceSasSignatureValues(expiry, BlobContainerSasPermission.parse(rights));
        return container.getBlobContainerUrl() + "?" + container.generateSas(values);
    }

    public static String containerSas(BlobContainerClient container, String rights) {
        return containerSas(
                container, rights, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
    }

    static String accountSas(String rights, String services, String resources) {
        AccountSasSignatureValues values = new AccountSasSignatureValues(
                OffsetDateTime.now(ZoneOffset.UTC).plusHours(1),
                AccountSasPermission.parse(rights),
                AccountSasService.parse(services),
                AccountSasResourceType.parse(resources));
        return azurite().endpoint() + "?" + service().generateAccountSas(values);
    }

    private synchronized Azurite.Running running() {
        try {
            if (running.isEmpty()) {
                running = Optional.of(azurite.start(line -> {}));
            }
            return running.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Azurite started", e);
        }
    }
}
