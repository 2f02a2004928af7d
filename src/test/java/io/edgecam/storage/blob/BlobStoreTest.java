package io.edgecam.storage.blob;

import static io.edgecam.storage.SamplePictures.jpeg;
import static io.edgecam.storage.SamplePictures.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobProperties;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.settings.Secret;
import io.edgecam.settings.StorageSettings;
import io.edgecam.settings.StorageSettings.AccountKey;
import io.edgecam.settings.StorageSettings.ConnectionString;
import io.edgecam.settings.StorageSettings.SasUrl;
import io.edgecam.storage.PictureStore;
import io.edgecam.storage.SamplePictures;
import io.edgecam.storage.StoreException;
import io.edgecam.storage.StoreException.Remedy;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
final class BlobStoreTest {
    private static final String NAME = "front/2026/picture-1.jpg";

    private BlobContainerClient container = LocalBlobs.newContainer();

    @BeforeEach
    void freshContainer() {
        container = LocalBlobs.newContainer();
    }

    @Test
    void storesThePictureWithAllThatIsSaidOfIt() throws Exception {
        try (PictureStore store = store(byConnectionString())) {
            store.put(picture(1), jpeg(1), false);
            BlobClient blob = container.getBlobClient(NAME);
            BlobProperties there = blob.getProperties();
            assertThat(blob.downloadContent().toBytes()).isEqualTo(jpeg(1).toBytes());
            assertThat(there.getContentType()).isEqualTo("image/jpeg");
            assertThat(there.getContentMd5()).isEqualTo(BlobDoor.md5(jpeg(1).toBytes()));
            assertThat(there.getMetadata())
                    .containsEntry("id", "id-1")
                    .containsEntry("camera", "front")
                    .containsEntry("capturedat", "2026-11-21T12:00:01.123Z")
                    .containsEntry("trigger", "method")
                    .containsEntry("label", "gr%C3%B6%C3%9Fe%20%3D%201%0Azwei%20%5C%20drei");
            assertThat(store.locate(NAME).container()).isEqualTo(container.getBlobContainerName());
            assertThat(store.locate(NAME).url())
                    .isEqualTo(LocalBlobs.azurite().endpoint() + "/" + container.getBlobContainerName() + "/" + NAME);
        }
    }

    @Test
    void takesEveryFormOfCredential() throws Exception {
        String name = container.getBlobContainerName();
        String endpoint = LocalBlobs.azurite().endpoint();
        Secret key = new Secret(LocalBlobs.azurite().accountKey());
        String account = LocalBlobs.azurite().accountName();
        String sas = LocalBlobs.accountSas("cw", "b", "o");
        String text = "BlobEndpoint=" + endpoint + "/;SharedAccessSignature=" + sas.substring(sas.indexOf('?') + 1);
        StorageSettings[] forms = {
            byConnectionString(),
            LocalBlobs.settings(new AccountKey(account, key, Optional.of(URI.create(endpoint + "/"))), name),
            LocalBlobs.settings(new SasUrl(new Secret(sas)), name),
            LocalBlobs.settings(new SasUrl(new Secret(LocalBlobs.containerSas(container, "c"))), "ignored"),
            LocalBlobs.settings(new SasUrl(new Secret(LocalBlobs.containerSas(container, "w"))), "ignored"),
            LocalBlobs.settings(new ConnectionString(new Secret(text)), name),
        };
        for (int i = 0; i < forms.length; i++) {
            try (PictureStore store = store(forms[i])) {
                store.put(picture(i), jpeg(i), false);
                assertThat(exists("front/2026/picture-" + i + ".jpg"))
                        .as("%s", forms[i])
                        .isTrue();
                assertThat(store.locate("a.jpg").url()).isEqualTo(endpoint + "/" + name + "/a.jpg");
            }
        }
    }

    @Test
    void storingTheSamePictureAgainIsNoError() throws Exception {
        for (String rights : new String[] {"rcw", "rc", "c", "cw", "w"}) {
            SasUrl sas = new SasUrl(new Secret(LocalBlobs.containerSas(container, rights)));
            try (PictureStore store = store(LocalBlobs.settings(sas, "ignored"))) {
                store.put(picture(1), jpeg(1), true);
                store.put(picture(1), jpeg(1), true);
            }
        }
    }

    @Test
    void whereItMayNotLookItBelievesThatABlobIsOursOnlyIfThePictureWasSentBefore() throws Exception {
        for (String rights : new String[] {"c", "cw", "w"}) {
            SasUrl sas = new SasUrl(new Secret(LocalBlobs.containerSas(container, rights)));
            try (PictureStore store = store(LocalBlobs.settings(sas, "ignored"))) {
                store.put(picture(1), jpeg(1), true);
                StoreException e = failure(store, picture(1), jpeg(1));
                assertThat(e.code()).as(rights).isEqualTo("NameTaken");
                assertThat(e.remedy()).isEqualTo(Remedy.NONE);
            }
        }
    }

    @Test
    void anotherBlobOfThatNameIsNeverOverwrittenOrTakenForOurs() throws Exception {
        try (PictureStore store = store(byConnectionString())) {
            store.put(picture(1), jpeg(1), false);
            Picture other = SamplePictures.named("other", NAME, jpeg(2), SamplePictures.NOON);
            StoreException e = failure(store, other, jpeg(2));
            assertThat(e.code()).isEqualTo("NameTaken");
            assertThat(e.remedy()).isEqualTo(Remedy.NONE);
            assertThat(content(NAME)).isEqualTo(jpeg(1).toBytes());
        }
    }

    @Test
    void replacesTheNewestPicture() throws Exception {
        try (PictureStore store = store(byConnectionString())) {
            store.replace("picture", picture(1), jpeg(1));
            store.replace("picture", picture(2), jpeg(2));
        }
        assertThat(content("picture")).isEqualTo(jpeg(2).toBytes());
    }

    @Test
    void takesNamesWithAnyLetters() throws Exception {
        String name = "front 1/café 100%/+%41 你?#.jpg";
        try (PictureStore store = store(byConnectionString())) {
            store.put(SamplePictures.named("x", name, jpeg(1), SamplePictures.NOON), jpeg(1), false);
        }
        assertThat(container.listBlobs()).extracting(blob -> blob.getName()).containsExactly(name);
    }

    @Test
    void makesTheContainerIfToldToAndNeverPublic() throws Exception {
        String name = LocalBlobs.newName();
        StorageSettings settings =
                new StorageSettings(byConnectionString().place(), name, true, Optional.empty(), Duration.ofSeconds(20));
        try (PictureStore store = store(settings)) {
            store.put(picture(1), jpeg(1), false);
            HttpURLConnection anyone = (HttpURLConnection)
                    URI.create(store.locate(NAME).url()).toURL().openConnection();
            assertThat(anyone.getResponseCode()).isGreaterThanOrEqualTo(400);
        }
        BlobContainerClient made = LocalBlobs.service().getBlobContainerClient(name);
        assertThat(made.getProperties().getBlobPublicAccess()).isNull();
        assertThat(made.getBlobClient(NAME).exists()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2017-04-17", "2018-11-09", "2019-07-07", "2025-11-05"})
    void speaksOlderVersionsOfTheService(String version) throws Exception {
        StorageSettings settings = new StorageSettings(
                byConnectionString().place(),
                container.getBlobContainerName(),
                false,
                Optional.of(version),
                Duration.ofSeconds(20));
        try (PictureStore store = store(settings)) {
            store.put(picture(1), jpeg(1), false);
            store.put(picture(1), jpeg(1), false);
        }
        assertThat(exists(NAME)).isTrue();
    }

    @Test
    void aProbeSaysWhichRightsThereAre() throws Exception {
        try (PictureStore all = store(byConnectionString())) {
            assertThat(all.probe())
                    .contains("create, overwrite (w), read (r), delete (d) allowed")
                    .doesNotContain("not");
        }
        assertThat(container.listBlobs()).isEmpty();
        SasUrl sas = new SasUrl(new Secret(LocalBlobs.containerSas(container, "c")));
        try (PictureStore createOnly = store(LocalBlobs.settings(sas, "ignored"))) {
            assertThat(createOnly.probe())
                    .contains("create allowed; overwrite (w), read (r), delete (d) not allowed", "latest", "stays");
        }
    }

    @Test
    void storesABigPictureWhole() throws Exception {
        Jpeg big = jpeg(3, 4000, 3000);
        Picture picture = SamplePictures.named("big", "big.jpg", big, SamplePictures.NOON);
        try (PictureStore store = store(byConnectionString())) {
            store.put(picture, big, false);
        }
        assertThat(content("big.jpg")).isEqualTo(big.toBytes());
    }

    private StorageSettings byConnectionString() {
        return LocalBlobs.byConnectionString(container.getBlobContainerName());
    }

    private boolean exists(String name) {
        return container.getBlobClient(name).exists();
    }

    private byte[] content(String name) {
        return container.getBlobClient(name).downloadContent().toBytes();
    }

    private static PictureStore store(StorageSettings settings) {
        return new Stores().apply(settings);
    }

    private static StoreException failure(PictureStore store, Picture picture, Jpeg image) {
        return catchThrowableOfType(StoreException.class, () -> store.put(picture, image, false));
    }
}
