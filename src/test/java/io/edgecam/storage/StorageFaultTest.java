package io.edgecam.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.localedge.Azurite;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.settings.Secret;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.SpoolSettings.Order;
import io.edgecam.settings.SpoolSettings.WhenFull;
import io.edgecam.settings.StorageSettings;
import io.edgecam.settings.StorageSettings.AccountKey;
import io.edgecam.settings.StorageSettings.ConnectionString;
import io.edgecam.settings.StorageSettings.Place;
import io.edgecam.settings.StorageSettings.SasUrl;
import io.edgecam.storage.FaultProxy.Fault;
import io.edgecam.storage.StorageStatus.State;
import io.edgecam.storage.blob.LocalBlobs;
import io.edgecam.storage.blob.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Storage as a whole against a real blob service with something wrong in between: state, event, code, recovery. */
@Timeout(180)
final class StorageFaultTest {
    private static final Duration LESS_THAN_HALF_A_MINUTE = Duration.ofSeconds(28);
    private static final Pauses SHORT =
            new Pauses(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofMillis(50));

    @TempDir
    Path home;

    private final Told told = new Told();
    private BlobContainerClient container = LocalBlobs.newContainer();
    private Storage storage = storage(SHORT);

    @BeforeEach
    void freshContainer() {
        container = LocalBlobs.newContainer();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @ParameterizedTest
    @CsvSource({
        "AWAY, ConnectionLost",
        "SILENT, TimedOut",
        "RESET_IN_BODY, ConnectionLost",
        "REPLY_LOST, ConnectionLost",
        "BIT_FLIPPED, Md5Mismatch"
    })
    void whatGoesWrongOnTheWayIsTriedAgainAndArrivesOnceAndWhole(Fault fault, String code) throws Exception {
        for (String rights : new String[] {"", "c", "cw", "rcw"}) {
            freshContainer();
            int before = told.all(EventType.PICTURE_STORED).size();
            try (FaultProxy proxy = new FaultProxy(LocalBlobs.azurite().port())) {
                proxy.set(fault);
                apply(rights.isEmpty() ? key(proxy.port()) : sas(proxy.port(), rights), false);
                keep(1, 3);
                proxy.awaitStrikes(fault == Fault.BIT_FLIPPED ? 40 : 3);
                assertThat(storage.status().state()).as("%s", storage.status()).isEqualTo(State.OFFLINE);
                assertThat(storage.status().error()).as(code).contains(sentence(fault), ":" + proxy.port());
                assertThat(storage.spool().pictures()).isEqualTo(3);
                proxy.set(Fault.NONE);
                told.await(EventType.PICTURE_STORED, before + 3);
                assertThat(storage.status().state()).isEqualTo(State.OK);
            }
            assertThatContainerHolds(1, 3);
            storage.close();
            storage = storage(SHORT);
        }
        assertThat(told.all(EventType.PICTURE_STORED)).hasSize(12);
        assertThat(told.all(EventType.STORAGE_BLOCKED)).isEmpty();
        assertThat(told.all(EventType.PICTURE_FAILED)).isEmpty();
    }

    @Test
    void aWrongKeyBlocksIsToldOnceAndTheRightOneHelpsWithinHalfAMinute() throws Exception {
        storage.close();
        storage = storage(Pauses.USUAL);
        String wrong = Base64.getEncoder().encodeToString("wrong".repeat(9).getBytes(StandardCharsets.US_ASCII));
        apply(key(LocalBlobs.azurite().port(), wrong), false);
        keep(1, 3);
        assertBlocked("AuthenticationFailed");
        apply(key(LocalBlobs.azurite().port()), false);
        assertRestoredWithinHalfAMinute();
    }

    @Test
    void anExpiredSasBlocksIsToldOnceAndANewOneHelpsWithinHalfAMinute() throws Exception {
        storage.close();
        storage = storage(Pauses.USUAL);
        String old = LocalBlobs.containerSas(
                container, "cw", OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1));
        apply(new SasUrl(new Secret(old)), false);
        keep(1, 3);
        assertBlocked("SasExpired");
        apply(sas(LocalBlobs.azurite().port(), "cw"), false);
        assertRestoredWithinHalfAMinute();
    }

    @Test
    void aContainerThatWasDeletedBlocksAndHealsByItselfWhenItIsThereAgain() throws Exception {
        apply(key(LocalBlobs.azurite().port()), false);
        keep(1, 1);
        told.await(EventType.PICTURE_STORED, 1);
        container.delete();
        keep(2, 3);
        assertBlocked("ContainerNotFound");
        assertThat(storage.status().error()).contains(container.getBlobContainerName());
        container.create();
        told.await(EventType.PICTURE_STORED, 3);
        told.await(EventType.STORAGE_RESTORED, 1);
        assertThatContainerHolds(2, 3);
    }

    @Test
    void aContainerThatWasDeletedIsMadeAgainWhereThatIsAllowed() throws Exception {
        apply(key(LocalBlobs.azurite().port()), true);
        keep(1, 1);
        told.await(EventType.PICTURE_STORED, 1);
        container.delete();
        keep(2, 3);
        told.await(EventType.PICTURE_STORED, 3);
        assertThat(told.all(EventType.STORAGE_BLOCKED)).isEmpty();
        assertThatContainerHolds(2, 3);
    }

    /** Half an hour at six pictures a minute, without the waiting; Azurite is stopped in order. */
    @ParameterizedTest
    @ValueSource(strings = {"OLDEST_FIRST", "NEWEST_FIRST"})
    void afterAnOutageAllOfItArrivesOnceAndWhoWaitsForAPictureOfNowIsNotStarved(Order order) throws Exception {
        Azurite azurite = Azurite.find(Path.of(""));
        Optional<Path> data = Optional.of(home.resolve("azurite"));
        Place place;
        int port;
        try (Azurite.Running service = azurite.start(data, 0, line -> {})) {
            port = service.port();
            place = new ConnectionString(new Secret(service.connectionString()));
            apply(place, true, order);
            keep(1, 1);
            told.await(EventType.PICTURE_STORED, 1);
        }
        keep(2, 181);
        assertThat(storage.awaitUpload("mill-2", Duration.ofMillis(500))).isEmpty();
        assertThat(storage.status().state()).isEqualTo(State.OFFLINE);
        assertThat(storage.spool().pictures()).isEqualTo(180);
        try (Azurite.Running service = azurite.start(data, port, line -> {})) {
            assertThat(service.port()).isEqualTo(port);
            told.await(EventType.PICTURE_STORED, 2);
            long start = System.nanoTime();
            keep(182, 182);
            assertThat(storage.awaitUpload("mill-182", LESS_THAN_HALF_A_MINUTE)).isPresent();
            told.await(EventType.PICTURE_STORED, 182);
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            System.out.printf(
                    "%s: the picture of now was number %d of 181 after the outage; %.1f pictures a second%n",
                    order, arrived().indexOf("mill-182"), 180 / seconds);
        }
        assertThat(arrived()).doesNotHaveDuplicates().hasSize(182);
        if (order == Order.OLDEST_FIRST) {
            assertThat(arrived().indexOf("mill-182")).isLessThan(arrived().indexOf("mill-181"));
            assertThat(arrived().stream().filter(id -> !id.equals("mill-182")))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 181)
                            .mapToObj(number -> "mill-" + number)
                            .toList());
        }
        assertThat(told.all(EventType.STORAGE_BLOCKED)).isEmpty();
    }

    private List<String> arrived() {
        return told.all(EventType.PICTURE_STORED).stream()
                .map(event -> event.correlation().orElseThrow())
                .toList();
    }

    private void assertBlocked(String code) throws InterruptedException {
        List<Event> alerts = told.await(EventType.STORAGE_BLOCKED, 1);
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).details()).containsEntry("code", code);
        assertThat(storage.status().state()).isEqualTo(State.BLOCKED);
        assertThat(storage.spool().dropped()).isZero();
    }

    private void assertRestoredWithinHalfAMinute() throws InterruptedException {
        assertThat(storage.awaitUpload("mill-1", LESS_THAN_HALF_A_MINUTE)).isPresent();
        told.await(EventType.PICTURE_STORED, 3);
        assertThat(told.await(EventType.STORAGE_RESTORED, 1)).hasSize(1);
        assertThat(told.all(EventType.STORAGE_BLOCKED)).hasSize(1);
        assertThat(storage.status().state()).isEqualTo(State.OK);
        assertThatContainerHolds(1, 3);
    }

    private void assertThatContainerHolds(long first, long last) {
        assertThat(container.listBlobs())
                .extracting(BlobItem::getName)
                .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(first, last)
                        .mapToObj(number -> "mill-" + number + ".jpg")
                        .toList());
        for (long number = first; number <= last; number++) {
            assertThat(container
                            .getBlobClient("mill-" + number + ".jpg")
                            .downloadContent()
                            .toBytes())
                    .isEqualTo(SamplePictures.bulky(number).toBytes());
        }
    }

    private static String sentence(Fault fault) {
        return switch (fault) {
            case NONE -> "";
            case AWAY -> "onnection to 127.0.0.1";
            case RESET_IN_BODY, REPLY_LOST -> "broke during the upload";
            case SILENT -> "did not finish taking the picture in 2 s";
            case BIT_FLIPPED -> "was damaged on its way";
        };
    }

    private void keep(long first, long last) throws IOException {
        for (long number = first; number <= last; number++) {
            Jpeg image = SamplePictures.bulky(number);
            String id = "mill-" + number;
            Picture picture = SamplePictures.named(id, id + ".jpg", image, SamplePictures.NOON);
            storage.keep(picture, image, "", System.nanoTime());
        }
    }

    private void apply(Place place, boolean createContainer) {
        apply(place, createContainer, Order.OLDEST_FIRST);
    }

    private void apply(Place place, boolean createContainer, Order order) {
        storage.apply(
                new StorageSettings(
                        place,
                        container.getBlobContainerName(),
                        createContainer,
                        Optional.empty(),
                        Duration.ofSeconds(2)),
                new SpoolSettings(home.resolve("spool"), 1_000_000_000, 0, WhenFull.OVERWRITE_OLDEST, order));
    }

    private static Place key(int port) {
        return key(port, LocalBlobs.azurite().accountKey());
    }

    private static Place key(int port, String key) {
        String account = LocalBlobs.azurite().accountName();
        URI endpoint = URI.create("http://127.0.0.1:" + port + "/" + account);
        return new AccountKey(account, new Secret(key), Optional.of(endpoint));
    }

    private Place sas(int port, String rights) {
        String url = LocalBlobs.containerSas(container, rights);
        return new SasUrl(new Secret(url.replace(":" + LocalBlobs.azurite().port() + "/", ":" + port + "/")));
    }

    private Storage storage(Pauses pauses) {
        return new Storage(new Stores(), told.events(), InstantSource.system(), () -> {}, pauses);
    }
}
