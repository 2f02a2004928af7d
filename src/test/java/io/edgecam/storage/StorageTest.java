package io.edgecam.storage;

import static io.edgecam.storage.SamplePictures.jpeg;
import static io.edgecam.storage.SamplePictures.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.event.EventType;
import io.edgecam.picture.Picture;
import io.edgecam.picture.PictureState;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.SpoolSettings.Order;
import io.edgecam.settings.SpoolSettings.WhenFull;
import io.edgecam.settings.StorageSettings;
import io.edgecam.settings.StorageSettings.Folder;
import io.edgecam.settings.StorageSettings.Nowhere;
import io.edgecam.storage.StoreException.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class StorageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pauses SHORT =
            new Pauses(Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(5));
    private static final Pauses LONG =
            new Pauses(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

    @TempDir
    Path home;

    private final Told told = new Told();
    private final Map<StorageSettings, PlayedStore> stores = new HashMap<>();
    private final InstantSource clock = InstantSource.fixed(SamplePictures.NOON.plusSeconds(60));
    private Storage storage = storage(SHORT);

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aPictureArrivesAndIsToldOfOnce() throws Exception {
        PlayedStore store = apply("a");
        Picture kept = storage.keep(picture(1), jpeg(1), "", System.nanoTime());
        assertThat(kept.state()).isEqualTo(PictureState.SPOOLED);
        assertThat(kept.timings().spool()).isPositive();
        assertThat(kept.timings().develop()).isEqualTo(Duration.ofMillis(8));
        Picture arrived = storage.awaitUpload("id-1", PATIENCE).orElseThrow();
        assertThat(arrived.state()).isEqualTo(PictureState.UPLOADED);
        assertThat(arrived.container()).isEqualTo("shelf");
        assertThat(arrived.url()).isEqualTo("played:front/2026/picture-1.jpg");
        assertThat(arrived.timings().upload()).isPositive();
        assertThat(arrived.timings().total()).isGreaterThan(arrived.timings().upload());
        assertThat(told.await(EventType.PICTURE_STORED, 1).get(0).picture()).contains(arrived);
        storage.close();
        assertThat(told.all(EventType.PICTURE_STORED)).hasSize(1);
        assertThat(store.stored).containsExactly("id-1");
        assertThat(storage.awaitUpload("id-1", Duration.ZERO)).contains(arrived);
    }

    @Test
    void picturesWaitWhileTheStoreIsAwayAndArriveInOrder() throws Exception {
        PlayedStore store = apply("a");
        store.fail(Remedy.RETRY, "ConnectionRefused");
        keep(1, 5);
        store.tries.acquire(3);
        assertThat(storage.status().state()).isEqualTo(StorageStatus.State.OFFLINE);
        assertThat(storage.status().error()).isEqualTo("played ConnectionRefused");
        assertThat(storage.spool().pictures()).isEqualTo(5);
        assertThat(storage.spool().oldest()).contains(picture(1).capturedAt());
        assertThat(storage.awaitUpload("id-1", Duration.ofMillis(1))).isEmpty();
        store.work();
        told.await(EventType.PICTURE_STORED, 5);
        assertThat(store.stored).containsExactly("id-1", "id-2", "id-3", "id-4", "id-5");
        assertThat(storage.status().state()).isEqualTo(StorageStatus.State.OK);
        assertThat(told.all(EventType.STORAGE_BLOCKED)).isEmpty();
        assertThat(told.all(EventType.STORAGE_RESTORED)).isEmpty();
    }

    @Test
    void aRefusedCredentialBlocksIsToldOnceAndHealsByItself() throws Exception {
        PlayedStore store = apply("a");
        store.fail(Remedy.OPERATOR, "AuthenticationFailed");
        keep(1, 2);
        store.tries.acquire(4);
        assertThat(storage.status().state()).isEqualTo(StorageStatus.State.BLOCKED);
        assertThat(told.all(EventType.STORAGE_BLOCKED)).hasSize(1);
        assertThat(told.all(EventType.STORAGE_BLOCKED).get(0).details())
                .containsEntry("code", "AuthenticationFailed")
                .containsEntry("reason", "played AuthenticationFailed");
        store.work();
        told.await(EventType.STORAGE_RESTORED, 1);
        assertThat(storage.awaitUpload("id-2", PATIENCE)).isPresent();
        assertThat(told.all(EventType.PICTURE_FAILED)).isEmpty();
    }

    @Test
    void newSettingsAreTriedAtOnceAndTheOldStoreIsClosed() throws Exception {
        storage.close();
        storage = storage(LONG);
        PlayedStore wrong = apply("wrong");
        wrong.fail(Remedy.OPERATOR, "AuthenticationFailed");
        keep(1, 1);
        told.await(EventType.STORAGE_BLOCKED, 1);
        PlayedStore right = apply("right");
        assertThat(storage.awaitUpload("id-1", PATIENCE)).isPresent();
        assertThat(right.stored).containsExactly("id-1");
        assertThat(wrong.closed.await(20, TimeUnit.SECONDS)).isTrue();
        told.await(EventType.STORAGE_RESTORED, 1);
        assertThat(storage.status().state()).isEqualTo(StorageStatus.State.OK);
    }

    @Test
    void equalSettingsRestartNothing() throws Exception {
        PlayedStore store = apply("a");
        apply("a");
        keep(1, 1);
        assertThat(storage.awaitUpload("id-1", PATIENCE)).isPresent();
        assertThat(stores.values()).containsExactly(store);
        assertThat(store.closed.getCount()).isEqualTo(1);
    }

    @Test
    void theRunningUploadIsFinishedBeforeItsStoreIsClosed() throws Exception {
        PlayedStore first = apply("first");
        CountDownLatch hold = new CountDownLatch(1);
        first.held = Optional.of(hold);
        keep(1, 2);
        first.tries.acquire();
        PlayedStore second = apply("second");
        assertThat(first.closed.getCount()).isEqualTo(1);
        hold.countDown();
        assertThat(storage.awaitUpload("id-2", PATIENCE)).isPresent();
        assertThat(first.stored).containsExactly("id-1");
        assertThat(second.stored).containsExactly("id-2");
    }

    @Test
    void aPictureThatIsNeverTakenIsSetAsideAfterFiveTriesAndTheOthersArrive() throws Exception {
        PlayedStore store = apply("a");
        store.refused = "id-1";
        keep(1, 2);
        assertThat(told.await(EventType.PICTURE_FAILED, 1).get(0).details()).containsEntry("reason", "played refusal");
        assertThat(storage.awaitUpload("id-2", PATIENCE)).isPresent();
        assertThat(store.tries.availablePermits()).isEqualTo(6);
        assertThat(storage.setAside()).isEqualTo(1);
        // an arrival is told before its file is deleted, so only the next arrival shows that both are gone
        keep(3, 3);
        assertThat(storage.awaitUpload("id-3", PATIENCE)).isPresent();
        assertThat(storage.spool().pictures()).isLessThanOrEqualTo(1);
    }

    @Test
    void withoutAStorePicturesWaitAndTheStatusSaysWhatToSet() throws Exception {
        storage.apply(settings(new Nowhere()), spool("spool"));
        Picture kept = storage.keep(picture(1), jpeg(1), "", System.nanoTime());
        assertThat(kept.container()).isEmpty();
        assertThat(storage.locate("a.jpg")).isEmpty();
        assertThat(storage.status().state()).isEqualTo(StorageStatus.State.BLOCKED);
        assertThat(storage.status().error()).contains("storage.connectionString", "storage.folder");
        assertThatThrownBy(() -> storage.probe()).hasMessageContaining("storage.connectionString");
        apply("a");
        assertThat(storage.awaitUpload("id-1", PATIENCE)).isPresent();
        told.await(EventType.STORAGE_RESTORED, 1);
    }

    @Test
    void theNewestBlobFollowsThePicturesAndNeverGoesBack() throws Exception {
        storage.close();
        storage = storage(SHORT);
        PlayedStore store = new PlayedStore();
        stores.put(settings(folder("a")), store);
        CountDownLatch hold = new CountDownLatch(1);
        store.held = Optional.of(hold);
        storage.apply(settings(folder("a")), newestFirst());
        storage.keep(picture(1), jpeg(1), "newest", 0);
        store.tries.acquire();
        storage.keep(picture(2), jpeg(2), "newest", 0);
        storage.keep(picture(3), jpeg(3), "newest", 0);
        hold.countDown();
        told.await(EventType.PICTURE_STORED, 3);
        storage.close();
        assertThat(store.stored).containsExactly("id-1", "id-3", "id-2");
        assertThat(store.latest).containsOnly(Map.entry("newest", jpeg(3)));
    }

    @Test
    void afterARestartTheNewestBlobIsNotReplacedByAnOlderPicture() throws Exception {
        PlayedStore store = new PlayedStore();
        stores.put(settings(folder("a")), store);
        storage.apply(settings(new Nowhere()), newestFirst());
        for (int i = 1; i <= 3; i++) {
            storage.keep(picture(i), jpeg(i), "newest", 0);
        }
        store.refused = "id-2";
        storage.close();
        storage = storage(LONG);
        storage.apply(settings(folder("a")), newestFirst());
        store.tries.acquire(2);
        storage.close();
        assertThat(store.latest).containsOnly(Map.entry("newest", jpeg(3)));

        store.refused = "";
        storage = storage(SHORT);
        storage.apply(settings(folder("a")), newestFirst());
        told.await(EventType.PICTURE_STORED, 3);
        storage.close();
        assertThat(store.latest).containsOnly(Map.entry("newest", jpeg(3)));
    }

    @Test
    void aFailingNewestBlobHoldsUpNoPictureAndIsMadeUpFor() throws Exception {
        PlayedStore store = apply("a");
        store.latestFailure = Optional.of(new StoreException(Remedy.OPERATOR, "RightMissing", "played right"));
        for (int i = 1; i <= 3; i++) {
            storage.keep(picture(i), jpeg(i), "newest", 0);
        }
        told.await(EventType.PICTURE_STORED, 3);
        told.await(EventType.STORAGE_BLOCKED, 1);
        assertThat(storage.status().error()).contains("newest", "played right");
        store.latestFailure = Optional.empty();
        told.await(EventType.STORAGE_RESTORED, 1);
        assertThat(store.latest).containsOnly(Map.entry("newest", jpeg(3)));
        assertThat(storage.status().state()).isEqualTo(StorageStatus.State.OK);
    }

    @Test
    void afterARestartWhatWaitedArrives() throws Exception {
        storage.apply(settings(new Nowhere()), spool("spool"));
        keep(1, 3);
        storage.close();
        storage = storage(SHORT);
        PlayedStore store = apply("a");
        told.await(EventType.PICTURE_STORED, 3);
        Picture last = storage.awaitUpload("id-3", PATIENCE).orElseThrow();
        assertThat(store.stored).containsExactly("id-1", "id-2", "id-3");
        assertThat(last.timings().total()).isEqualTo(Duration.ofSeconds(57));
    }

    @Test
    void aDamagedFileIsSetAsideAndTheNextArrives() throws Exception {
        storage.apply(settings(new Nowhere()), spool("spool"));
        keep(1, 2);
        Path file = home.resolve("spool/0000000000000000001.pic");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 40] ^= 1;
        Files.write(file, bytes);
        PlayedStore store = apply("a");
        assertThat(storage.awaitUpload("id-2", PATIENCE)).isPresent();
        assertThat(store.stored).containsExactly("id-2");
        assertThat(String.valueOf(
                        told.await(EventType.PICTURE_FAILED, 1).get(0).details().get("reason")))
                .contains("check sum");
    }

    @Test
    void picturesOfAnEarlierFolderArriveFirst() throws Exception {
        storage.apply(settings(new Nowhere()), spool("old"));
        keep(1, 2);
        storage.apply(settings(new Nowhere()), spool("new"));
        keep(3, 4);
        assertThat(home.resolve("new/0000000000000000003.pic")).exists();
        assertThat(storage.spool().pictures()).isEqualTo(4);
        assertThat(storage.recent(3)).extracting(Picture::id).containsExactly("id-4", "id-3", "id-2");
        PlayedStore store = new PlayedStore();
        stores.put(settings(folder("a")), store);
        storage.apply(settings(folder("a")), spool("new"));
        told.await(EventType.PICTURE_STORED, 4);
        assertThat(store.stored).containsExactly("id-1", "id-2", "id-3", "id-4");
    }

    @Test
    void picturesOfAnEarlierFolderAreFoundAfterARestart() throws Exception {
        storage.apply(settings(new Nowhere()), spool("first"));
        keep(1, 1);
        storage.apply(settings(new Nowhere()), spool("second"));
        keep(2, 2);
        storage.apply(settings(new Nowhere()), spool("third"));
        restart();
        PlayedStore store = new PlayedStore();
        stores.put(settings(folder("a")), store);
        storage.apply(settings(new Nowhere()), spool("third"));
        keep(3, 3);
        assertThat(home.resolve("third/0000000000000000003.pic")).exists();
        assertThat(storage.spool().pictures()).isEqualTo(3);
        storage.apply(settings(folder("a")), spool("third"));
        told.await(EventType.PICTURE_STORED, 3);
        assertThat(store.stored).containsExactlyInAnyOrder("id-1", "id-2", "id-3");
        storage.close();
        assertThat(home.resolve("third/earlier")).doesNotExist();
    }

    @Test
    void anEarlierFolderThatIsAwayAtOneStartIsTriedAtTheNext() throws Exception {
        storage.apply(settings(new Nowhere()), spool("first"));
        keep(1, 1);
        storage.apply(settings(new Nowhere()), spool("second"));
        storage.close();
        Files.move(home.resolve("first"), home.resolve("away"));
        restart();
        storage.apply(settings(new Nowhere()), spool("second"));
        assertThat(storage.spool().pictures()).isZero();
        storage.close();
        Files.move(home.resolve("away"), home.resolve("first"));
        restart();
        storage.apply(settings(new Nowhere()), spool("second"));
        assertThat(storage.spool().pictures()).isOne();
    }

    @Test
    void aFolderThatCannotBeUsedIsSaidInWordsAndTriedAgain() throws Exception {
        Path inTheWay = Files.writeString(home.resolve("file"), "no folder");
        storage.apply(settings(folder("a")), spool("file/spool"));
        assertThat(storage.status().state()).isEqualTo(StorageStatus.State.BLOCKED);
        assertThat(storage.status().error()).contains("file/spool", "spool.folder");
        assertThatThrownBy(() -> storage.keep(picture(1), jpeg(1), "", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("spool.folder");
        assertThat(told.all(EventType.STORAGE_BLOCKED)).hasSize(1);
        assertThat(storage.spool()).isEqualTo(new SpoolStatus(0, 0, Optional.empty(), 0, "disk"));
        Files.delete(inTheWay);
        storage.keep(picture(1), jpeg(1), "", 0);
        assertThat(storage.awaitUpload("id-1", PATIENCE)).isPresent();
        told.await(EventType.STORAGE_RESTORED, 1);
    }

    @Test
    void aRefusedPictureStepsAsideAndHoldsUpNobody() throws Exception {
        storage.close();
        storage = storage(LONG);
        PlayedStore store = new PlayedStore();
        stores.put(settings(folder("a")), store);
        store.refused = "id-1";
        storage.apply(settings(new Nowhere()), spool("spool"));
        keep(1, 3);
        storage.apply(settings(folder("a")), spool("spool"));
        told.await(EventType.PICTURE_STORED, 2);
        assertThat(store.stored).containsExactly("id-2", "id-3");
        assertThat(storage.status().state()).isEqualTo(StorageStatus.State.OK);
        store.refused = "";
        storage.apply(settings(folder("b")), spool("spool"));
        told.await(EventType.PICTURE_STORED, 3);
        assertThat(told.all(EventType.PICTURE_FAILED)).isEmpty();
    }

    @Test
    void aFileThatWasTakenAwayIsToldOfAndTheOthersArrive() throws Exception {
        storage.apply(settings(new Nowhere()), spool("spool"));
        keep(1, 2);
        Files.delete(home.resolve("spool/0000000000000000001.pic"));
        PlayedStore store = apply("a");
        told.await(EventType.PICTURE_STORED, 1);
        assertThat(store.stored).containsExactly("id-2");
        assertThat(String.valueOf(
                        told.await(EventType.PICTURE_FAILED, 1).get(0).details().get("reason")))
                .contains("was taken out of the spool");
        assertThat(storage.status().state()).isEqualTo(StorageStatus.State.OK);
    }

    @Test
    void aFolderThatWasRemovedIsMadeAnewAndItsPicturesAreToldOf() throws Exception {
        storage.apply(settings(new Nowhere()), spool("spool"));
        keep(1, 2);
        Files.delete(home.resolve("spool/0000000000000000001.pic"));
        Files.delete(home.resolve("spool/0000000000000000002.pic"));
        Files.delete(home.resolve("spool/lock"));
        Files.delete(home.resolve("spool"));
        keep(3, 3);
        assertThat(told.all(EventType.PICTURE_FAILED))
                .extracting(event -> event.correlation().orElseThrow())
                .containsExactly("id-1", "id-2");
        assertThat(home.resolve("spool/0000000000000000003.pic")).exists();
        assertThat(storage.spool().pictures()).isEqualTo(1);
    }

    @Test
    void aSpoolThatFailedIsTriedAgainWithoutAPicture() throws Exception {
        Path inTheWay = Files.writeString(home.resolve("file"), "no folder");
        storage.apply(settings(new Nowhere()), spool("file/spool"));
        told.await(EventType.STORAGE_BLOCKED, 1);
        Files.delete(inTheWay);
        told.await(EventType.STORAGE_RESTORED, 1);
        assertThat(home.resolve("file/spool/lock")).exists();
    }

    @Test
    void recentPicturesAreThoseThatWaitAndTheLastThatArrived() throws Exception {
        PlayedStore store = apply("a");
        keep(1, 2);
        assertThat(storage.awaitUpload("id-2", PATIENCE)).isPresent();
        store.fail(Remedy.RETRY, "ConnectionRefused");
        keep(3, 3);
        assertThat(storage.recent(2)).extracting(Picture::id).containsExactly("id-3", "id-2");
        assertThat(storage.recent(9))
                .extracting(Picture::state)
                .containsExactly(PictureState.SPOOLED, PictureState.UPLOADED, PictureState.UPLOADED);
        assertThat(storage.image("id-3")).contains(jpeg(3));
        assertThat(storage.image("id-2")).contains(jpeg(2));
        assertThat(storage.image("id-9")).isEmpty();
    }

    @Test
    void stopsInTimeWhileAStoreHangsAndLosesNothing() throws Exception {
        PlayedStore store = apply("a");
        CountDownLatch held = new CountDownLatch(1);
        store.held = Optional.of(held);
        keep(1, 1);
        store.tries.acquire();
        storage.close();
        assertThat(held.getCount()).as("nobody let the store go on").isOne();
        assertThat(store.closed.getCount()).isZero();
        assertThatThrownBy(() -> storage.keep(picture(2), jpeg(2), "", 0)).hasMessageContaining("stopping");
        storage = storage(SHORT);
        store.held = Optional.empty();
        storage.apply(settings(folder("a")), spool("spool"));
        assertThat(storage.awaitUpload("id-1", PATIENCE)).isPresent();
    }

    private Storage storage(Pauses pauses) {
        return new Storage(
                settings -> stores.computeIfAbsent(settings, unknown -> new PlayedStore()),
                told.events(),
                clock,
                () -> {},
                pauses);
    }

    private void restart() {
        storage.close();
        storage = storage(SHORT);
    }

    private PlayedStore apply(String name) {
        StorageSettings settings = settings(folder(name));
        storage.apply(settings, spool("spool"));
        return Objects.requireNonNull(stores.get(settings));
    }

    private void keep(int first, int last) throws IOException {
        for (int i = first; i <= last; i++) {
            storage.keep(picture(i), jpeg(i), "", System.nanoTime());
        }
    }

    private Folder folder(String name) {
        return new Folder(home.resolve(name));
    }

    private static StorageSettings settings(StorageSettings.Place place) {
        return new StorageSettings(place, "webcam", false, Optional.empty(), Duration.ofSeconds(30));
    }

    private SpoolSettings spool(String name) {
        return new SpoolSettings(home.resolve(name), 10_000_000, 0, WhenFull.OVERWRITE_OLDEST, Order.OLDEST_FIRST);
    }

    private SpoolSettings newestFirst() {
        return new SpoolSettings(home.resolve("spool"), 10_000_000, 0, WhenFull.OVERWRITE_OLDEST, Order.NEWEST_FIRST);
    }
}
