package io.edgecam.storage;

import static io.edgecam.storage.SamplePictures.jpeg;
import static io.edgecam.storage.SamplePictures.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgecam.picture.Picture;
import io.edgecam.storage.StoreException.Remedy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class FolderStoreTest {
    @TempDir
    Path home;

    @Test
    void keepsAPictureAsAFileInFoldersByItsName() throws Exception {
        Path folder = home.resolve("not/there/yet");
        FolderStore store = new FolderStore(folder);
        store.put(picture(1), jpeg(1), false);
        Path file = folder.resolve("front/2026/picture-1.jpg");
        assertThat(file).hasBinaryContent(jpeg(1).toBytes());
        PictureStore.Location place = store.locate("front/2026/picture-1.jpg");
        assertThat(place.container()).isEqualTo(folder.toString());
        assertThat(Path.of(URI.create(place.url()))).isEqualTo(file);
        try (Stream<Path> beside = Files.list(folder.resolve("front/2026"))) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void storingTheSamePictureAgainIsNoErrorAndAnotherOfThatNameIs() throws Exception {
        FolderStore store = new FolderStore(home);
        store.put(picture(1), jpeg(1), false);
        store.put(picture(1), jpeg(1), false);
        Picture other = SamplePictures.named("other", picture(1).blobName(), jpeg(2), SamplePictures.NOON);
        StoreException e = catchThrowableOfType(StoreException.class, () -> store.put(other, jpeg(2), false));
        assertThat(e.code()).isEqualTo("NameTaken");
        assertThat(e.remedy()).isEqualTo(Remedy.NONE);
        assertThat(home.resolve(picture(1).blobName())).hasBinaryContent(jpeg(1).toBytes());
    }

    @Test
    void replacesTheNewestPicture() throws Exception {
        FolderStore store = new FolderStore(home);
        store.replace("picture", picture(1), jpeg(1));
        store.replace("picture", picture(2), jpeg(2));
        assertThat(home.resolve("picture")).hasBinaryContent(jpeg(2).toBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out.jpg", "a/../../out.jpg", "/etc/out.jpg", "", ".", "a/..", "nul\0.jpg"})
    void noNameLeadsOut(String name) {
        FolderStore store = new FolderStore(home.resolve("in"));
        Picture picture = SamplePictures.named("x", name, jpeg(1), SamplePictures.NOON);
        StoreException e = catchThrowableOfType(StoreException.class, () -> store.put(picture, jpeg(1), false));
        assertThat(e.code()).isEqualTo("NameRefused");
        assertThat(e.remedy()).isEqualTo(Remedy.NONE);
        assertThat(home.resolve("out.jpg")).doesNotExist();
        assertThat(store.locate(name).container()).isEqualTo(home.resolve("in").toString());
    }

    @Test
    void noLinkLeadsOut() throws IOException {
        Path in = Files.createDirectory(home.resolve("in"));
        Path out = Files.createDirectory(home.resolve("out"));
        Files.createSymbolicLink(in.resolve("front"), out);
        Picture picture = SamplePictures.named("x", "front/a.jpg", jpeg(1), SamplePictures.NOON);
        StoreException e =
                catchThrowableOfType(StoreException.class, () -> new FolderStore(in).put(picture, jpeg(1), false));
        assertThat(e.code()).isEqualTo("NameRefused");
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void saysWhatIsWrongWithItsFolder() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "no folder");
        StoreException e =
                catchThrowableOfType(StoreException.class, () -> new FolderStore(file).put(picture(1), jpeg(1), false));
        assertThat(e.remedy()).isEqualTo(Remedy.RETRY);
        assertThat(e).hasMessageContaining(file.toString());
        Picture tooLong = SamplePictures.named("x", "n".repeat(300), jpeg(1), SamplePictures.NOON);
        assertThat(catchThrowableOfType(StoreException.class, () -> new FolderStore(home).put(tooLong, jpeg(1), false)))
                .hasMessageContaining("too long");
    }

    @Test
    void aProbeLeavesNothingBehind() throws Exception {
        assertThat(new FolderStore(home).probe()).contains("writing, reading and deleting work");
        assertThat(home).isEmptyDirectory();
    }
}
