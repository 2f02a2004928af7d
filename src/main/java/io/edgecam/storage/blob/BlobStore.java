package io.edgecam.storage.blob;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobRequestConditions;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.settings.StorageSettings;
import io.edgecam.storage.PictureStore;
import io.edgecam.storage.StoreException;
import io.edgecam.storage.StoreException.Remedy;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Azure Blob Storage: in the cloud, on the edge, or Azurite. The client is made with the first upload. For one thread at
 * a time.
 */
final class BlobStore implements PictureStore {
    private static final BlobRequestConditions ONLY_NEW = new BlobRequestConditions().setIfNoneMatch("*");
    private static final BlobRequestConditions ANY = new BlobRequestConditions();

    private final StorageSettings settings;
    private final InstantSource clock;
    private Optional<BlobDoor> opened = Optional.empty();

    BlobStore(StorageSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Location locate(String blobName) {
        try {
            BlobAccess access = BlobAccess.of(settings);
            return new Location(access.container(), access.urlOf(blobName));
        } catch (StoreException unusable) {
            return new Location(settings.container(), "");
        }
    }

    @Override
    public void put(Picture picture, Jpeg image, boolean again) throws StoreException, InterruptedException {
        BlobNames.check(picture.blobName());
        BlobDoor door = open();
        byte[] bytes = image.toBytes();
        Map<String, String> metadata = BlobNames.metadata(picture);
        try {
            door.creating(() -> door.send(picture.blobName(), bytes, Picture.CONTENT_TYPE, metadata, ONLY_NEW));
        } catch (RuntimeException e) {
            if (!door.isTaken(e)) {
                throw door.failure(e, Act.CREATE);
            }
            door.checkOurs(picture.blobName(), bytes, again);
        }
    }

    @Override
    public void replace(String blobName, Picture picture, Jpeg image) throws StoreException, InterruptedException {
        BlobNames.check(blobName);
        BlobDoor door = open();
        Map<String, String> metadata = BlobNames.metadata(picture);
        try {
            door.creating(() -> door.send(blobName, image.toBytes(), Picture.CONTENT_TYPE, metadata, ANY));
        } catch (RuntimeException e) {
            throw door.failure(e, Act.REPLACE);
        }
    }

    @Override
    public String probe() throws StoreException, InterruptedException {
        return new Probe(open()).run();
    }

    @Override
    public void close() {
        opened = Optional.empty();
    }

    private BlobDoor open() throws StoreException {
        if (opened.isEmpty()) {
            BlobAccess access = BlobAccess.of(settings);
            ApiVersion version = ApiVersion.of(settings.apiVersion());
            BlobContainerClient client = client(access, version);
            Failures failures = new Failures(access, version, settings.uploadTimeout(), clock);
            opened = Optional.of(new BlobDoor(access, client, failures, settings.createContainer()));
        }
        return opened.get();
    }

    private BlobContainerClient client(BlobAccess access, ApiVersion version) throws StoreException {
        try {
            return BlobClients.open(access, version, settings.uploadTimeout());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new StoreException(
                    Remedy.OPERATOR,
                    "SettingsUnusable",
                    "No connection to " + access.where() + " can be made with " + access.setting() + " as it is: "
                            + e.getClass().getSimpleName());
        }
    }
}
