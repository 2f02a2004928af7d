package io.edgecam.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.ledger.Statement.Query;
import io.edgecam.picture.Picture;
import io.edgecam.picture.Trigger;
import io.edgecam.storage.SamplePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LedgerTest {
    private static final Instant NOON = SamplePictures.NOON;
    private static final Journal.Bounds SMALL = new Journal.Bounds(8 << 10, 1 << 10);

    @TempDir
    Path folder;

    private final List<Picture> spool = new CopyOnWriteArrayList<>();
    private Ledger ledger = new Ledger(() -> List.of());

    @BeforeEach
    void open() {
        restart(Journal.Bounds.USUAL);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aPictureCountsOnceByTheLastWordAboutIt() throws IOException {
        Wish wish = ledger.expect("front", Trigger.METHOD, NOON);
        assertThat(sum()).isEqualTo(new Account(0, 0, 0, 0, 1));

        Picture picture = taken(wish, 0);
        assertThat(sum()).isEqualTo(new Account(0, 1, 0, 0, 0));

        upload(picture);
        assertThat(sum()).isEqualTo(new Account(1, 0, 0, 0, 0));
        assertThat(sum().expected()).isEqualTo(1);
    }

    @Test
    void anUploadThatIsFasterThanTheOneWhoTookThePictureCounts() throws IOException {
        Wish wish = ledger.expect("front", Trigger.METHOD, NOON);
        Picture picture = picture(wish.id(), 0);
        upload(picture);
        wish.taken(picture);

        assertThat(sum()).isEqualTo(new Account(1, 0, 0, 0, 0));
        assertThat(ledger.sinceStart().of("front", Fate.TAKEN)).isEqualTo(1);
    }

    @Test
    void countsSinceTheStartByCameraTriggerAndFate() {
        upload(taken(ledger.expect("front", Trigger.METHOD, NOON), 0));
        ledger.expect("yard", Trigger.WEB, NOON).failed("CameraLost", "gone");

        assertThat(ledger.sinceStart().all())
                .extracting(Tally.Count::camera, Tally.Count::trigger, Tally.Count::fate, Tally.Count::number)
                .containsExactly(
                        tuple("front", Trigger.METHOD, Fate.EXPECTED, 1L),
                        tuple("front", Trigger.METHOD, Fate.TAKEN, 1L),
                        tuple("front", Trigger.METHOD, Fate.UPLOADED, 1L),
                        tuple("yard", Trigger.WEB, Fate.EXPECTED, 1L),
                        tuple("yard", Trigger.WEB, Fate.FAILED, 1L));
    }

    @Test
    void missingPicturesThatFollowEachOtherForOneReasonAreOneGap() throws IOException {
        fail(1, "CameraLost", "camera front is lost: unplugged");
        fail(2, "CameraLost", "camera front is lost: still unplugged");
        fail(3, "SpoolFull", "The spool is full");
        fail(4, "CameraLost", "camera front is lost");
        taken(ledger.expect("front", Trigger.METHOD, at(5)), 5);
        fail(6, "CameraLost", "camera front is lost");
        ledger.expect("yard", Trigger.METHOD, at(2)).failed("TimedOut", "camera yard gave no frame");

        Statement all = ledger.statement(Query.ALL);
        assertThat(all.gaps())
                .containsExactly(
                        new Gap("front", at(1), at(2), "CameraLost", 2, "camera front is lost: unplugged"),
                        new Gap("yard", at(2), at(2), "TimedOut", 1, "camera yard gave no frame"),
                        new Gap("front", at(3), at(3), "SpoolFull", 1, "The spool is full"),
                        new Gap("front", at(4), at(4), "CameraLost", 1, "camera front is lost"),
                        new Gap("front", at(6), at(6), "CameraLost", 1, "camera front is lost"));
        assertThat(all.sum()).isEqualTo(new Account(0, 1, 0, 6, 0));
        assertThat(all.cameras()).containsOnlyKeys("front", "yard");
    }

    @Test
    void ofManyGapsTheNewestHundredAreGiven() throws IOException {
        for (int second = 0; second < 240; second += 2) {
            fail(second, "TimedOut", "no frame");
            taken(ledger.expect("front", Trigger.METHOD, at(second + 1)), second + 1);
        }
        Statement all = ledger.statement(Query.ALL);
        assertThat(all.gaps()).hasSize(100);
        assertThat(all.gaps().get(99).from()).isEqualTo(at(238));
        assertThat(all.gapsLeftOut()).isEqualTo(20);
    }

    @Test
    void aStretchOfTimeHoldsThePicturesThatBelongToItWheneverTheyWereUploaded() throws IOException {
        Picture early = taken(ledger.expect("front", Trigger.METHOD, NOON), 0);
        Picture late = taken(ledger.expect("front", Trigger.METHOD, at(60)), 60);
        upload(late);
        upload(early);
        fail(60, "TimedOut", "no frame");

        assertThat(ledger.statement(new Query(Optional.of(NOON), Optional.of(at(60)), Optional.empty()))
                        .sum())
                .isEqualTo(new Account(1, 0, 0, 0, 0));
        assertThat(ledger.statement(new Query(Optional.of(at(60)), Optional.empty(), Optional.of("front")))
                        .sum())
                .isEqualTo(new Account(1, 0, 0, 1, 0));
        assertThat(ledger.statement(new Query(Optional.empty(), Optional.empty(), Optional.of("yard")))
                        .sum())
                .isEqualTo(Account.NONE);
    }

    @Test
    void aRestartForgetsNothing() throws IOException {
        upload(taken(ledger.expect("front", Trigger.METHOD, NOON), 0));
        taken(ledger.expect("front", Trigger.METHOD, at(1)), 1);
        fail(2, "CameraLost", "camera front is lost");
        drop(taken(ledger.expect("front", Trigger.METHOD, at(3)), 3));
        Statement before = ledger.statement(Query.ALL);

        restart(Journal.Bounds.USUAL);

        assertThat(ledger.statement(Query.ALL)).isEqualTo(before);
        assertThat(sum()).isEqualTo(new Account(1, 1, 1, 1, 0));
        assertThat(before.since()).contains(millis(NOON));
    }

    @Test
    void aPictureInTheSpoolOfWhichTheLedgerKnowsNothingWasExpectedAndTaken() throws IOException {
        spool.add(picture("unknown", 0));
        restart(Journal.Bounds.USUAL);
        assertThat(sum()).isEqualTo(new Account(0, 1, 0, 0, 0));
    }

    @Test
    void aSpooledPictureThatIsGoneWithoutAWordIsDropped() throws IOException {
        taken(ledger.expect("front", Trigger.METHOD, NOON), 0);
        spool.clear();
        restart(Journal.Bounds.USUAL);

        assertThat(sum()).isEqualTo(new Account(0, 0, 1, 0, 0));
        assertThat(ledger.statement(Query.ALL).gaps()).extracting(Gap::reason).containsExactly("Lost");
    }

    @Test
    void aPictureThatWasUnderwayInAModuleThatWasKilledHasFailed() throws IOException {
        ledger.expect("front", Trigger.METHOD, NOON);
        restart(Journal.Bounds.USUAL);

        assertThat(sum()).isEqualTo(new Account(0, 0, 0, 1, 0));
        assertThat(ledger.statement(Query.ALL).gaps()).extracting(Gap::reason).containsExactly("Stopped");
    }

    @Test
    void anOrderThatIsGivenUpHasFailed() throws IOException {
        try (Wish wish = ledger.expect("front", Trigger.METHOD, NOON)) {
            assertThat(wish.id()).isNotEmpty();
        }
        assertThat(sum()).isEqualTo(new Account(0, 0, 0, 1, 0));
    }

    @Test
    void anUploadThatIsRepeatedAfterACrashCountsOnce() throws IOException {
        Picture picture = taken(ledger.expect("front", Trigger.METHOD, NOON), 0);
        upload(picture);
        spool.add(picture);
        restart(Journal.Bounds.USUAL);
        assertThat(sum()).isEqualTo(new Account(1, 0, 0, 0, 0));

        upload(picture);
        assertThat(sum()).isEqualTo(new Account(1, 0, 0, 0, 0));
        restart(Journal.Bounds.USUAL);
        assertThat(sum()).isEqualTo(new Account(1, 0, 0, 0, 0));
    }

    @Test
    void aDroppedPictureThatIsInTheSpoolAfterACrashIsTakenAgain() throws IOException {
        Picture picture = taken(ledger.expect("front", Trigger.METHOD, NOON), 0);
        drop(picture);
        spool.add(picture);
        restart(Journal.Bounds.USUAL);
        assertThat(sum()).isEqualTo(new Account(0, 1, 0, 0, 0));

        upload(picture);
        assertThat(sum()).isEqualTo(new Account(1, 0, 0, 0, 0));
    }

    @Test
    void aLineThatWasCutOffIsLeftOutAndSpoilsNoOther() throws IOException {
        fail(0, "TimedOut", "no frame");
        Files.writeString(onlyFile(), "\n0123abcd u 17952", StandardOpenOption.APPEND);
        restart(Journal.Bounds.USUAL);
        fail(1, "TimedOut", "no frame");
        restart(Journal.Bounds.USUAL);

        Statement all = ledger.statement(Query.ALL);
        assertThat(all.sum()).isEqualTo(new Account(0, 0, 0, 2, 0));
        assertThat(all.damagedLines()).isEqualTo(1);
    }

    @Test
    void noDamageOfTheJournalIsMoreThanALineLess() throws IOException {
        for (int second = 0; second < 3; second++) {
            fail(second, "TimedOut", "no frame");
        }
        byte[] whole = Files.readAllBytes(onlyFile());
        for (int place = 0; place < whole.length; place++) {
            byte[] damaged = whole.clone();
            damaged[place] = (byte) (damaged[place] ^ 0x41);
            Files.write(onlyFile(), damaged);
            assertThat(ledger.statement(Query.ALL).sum().failed())
                    .as("byte %d changed", place)
                    .isBetween(1, 3);
        }
    }

    @Test
    void theOldestGoesForTheNewestAndTheSumsStillAgree() throws IOException {
        restart(SMALL);
        Picture waits = taken(ledger.expect("front", Trigger.METHOD, NOON), 0);
        for (int second = 1; second < 120; second++) {
            upload(taken(ledger.expect("front", Trigger.METHOD, at(second)), second));
            assertThat(ledger.totals().get("front")).isEqualTo(statementSum());
        }
        try (Stream<Path> files = Files.list(journal())) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum())
                    .isLessThanOrEqualTo(SMALL.bytes() + SMALL.bytesInFile());
        }
        Statement all = ledger.statement(Query.ALL);
        assertThat(all.sum().uploaded()).isBetween(20, 119);
        assertThat(all.sum().spooled())
                .as("what is in the spool is never forgotten")
                .isEqualTo(1);
        assertThat(all.since()).hasValueSatisfying(since -> assertThat(since).isAfter(NOON));

        upload(waits);
        restart(SMALL);
        assertThat(sum().spooled()).isZero();
        assertThat(sum().failed() + sum().dropped()).isZero();
    }

    @Test
    void whileTheFolderCannotBeWrittenLinesWaitInMemory() throws IOException {
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "a file where a folder is wanted");
        ledger.close();
        ledger = new Ledger(() -> List.copyOf(spool));
        ledger.open(blocked);
        fail(0, "StorageBlocked", "cannot be written");
        assertThat(sum()).isEqualTo(new Account(0, 0, 0, 1, 0));

        Files.delete(blocked);
        ledger.open(blocked);
        fail(1, "StorageBlocked", "cannot be written");
        ledger.close();
        ledger = new Ledger(() -> List.copyOf(spool));
        ledger.open(blocked);
        assertThat(sum()).isEqualTo(new Account(0, 0, 0, 2, 0));
    }

    @Test
    void aJournalThatSomebodyHasRemovedIsBegunAnew() throws IOException {
        fail(0, "TimedOut", "no frame");
        Files.delete(onlyFile());
        Files.delete(journal());
        taken(ledger.expect("front", Trigger.METHOD, at(1)), 1);
        ledger.open(folder);

        assertThat(sum()).isEqualTo(new Account(0, 1, 0, 0, 0));
        assertThat(Files.size(onlyFile())).isPositive();
    }

    @Test
    void anotherFolderTakesTheLedgerWithIt() throws IOException {
        fail(0, "TimedOut", "no frame");
        Path other = folder.resolve("other");
        ledger.open(other);
        fail(1, "TimedOut", "no frame");

        assertThat(sum()).isEqualTo(new Account(0, 0, 0, 2, 0));
        try (Stream<Path> left = Files.list(journal())) {
            assertThat(left).isEmpty();
        }
        ledger.close();
        ledger = new Ledger(() -> List.copyOf(spool));
        ledger.open(other);
        assertThat(sum()).isEqualTo(new Account(0, 0, 0, 2, 0));
    }

    @Test
    void aThreadThatIsInterruptedStillWritesAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        fail(0, "TimedOut", "no frame");
        ledger.settle();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readString(onlyFile(), UTF_8)).contains("TimedOut no frame");
    }

    /** What both ways of counting say. */
    private Account sum() throws IOException {
        Account sum = statementSum();
        assertThat(ledger.totals().values().stream().reduce(Account.NONE, Account::plus))
                .as("the totals, as in a heartbeat")
                .isEqualTo(sum);
        return sum;
    }

    private Account statementSum() throws IOException {
        return ledger.statement(Query.ALL).sum();
    }

    private void restart(Journal.Bounds bounds) {
        ledger.close();
        ledger = new Ledger(() -> List.copyOf(spool), bounds);
        ledger.open(folder);
    }

    private void fail(int second, String reason, String detail) {
        ledger.expect("front", Trigger.METHOD, at(second)).failed(reason, detail);
    }

    private Picture taken(Wish wish, int second) {
        Picture picture = picture(wish.id(), second);
        spool.add(picture);
        wish.taken(picture);
        return picture;
    }

    private void upload(Picture picture) {
        ledger.hear(Event.ofPicture(EventType.PICTURE_STORED, at(1000), picture, Map.of()));
        ledger.settle();
        spool.remove(picture);
    }

    private void drop(Picture picture) {
        spool.remove(picture);
        ledger.hear(
                Event.ofPicture(EventType.PICTURE_DROPPED, at(1000), picture, Map.of("reason", "The spool is\nfull")));
    }

    private Path journal() {
        return folder.resolve("ledger");
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(journal())) {
            return files.findFirst().orElseThrow();
        }
    }

    private static Picture picture(String id, int second) {
        return SamplePictures.named(id, id + ".jpg", SamplePictures.jpeg(1), at(second));
    }

    private static Instant at(int second) {
        return millis(NOON).plusSeconds(second);
    }

    private static Instant millis(Instant moment) {
        return Instant.ofEpochMilli(moment.toEpochMilli());
    }
}
