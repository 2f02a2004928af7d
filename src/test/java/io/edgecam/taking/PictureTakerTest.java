package io.edgecam.taking;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.event.EventType;
import io.edgecam.ledger.Account;
import io.edgecam.ledger.Gap;
import io.edgecam.ledger.Statement;
import io.edgecam.ledger.Statement.Query;
import io.edgecam.picture.Trigger;
import io.edgecam.taking.Order.WaitFor;
import io.edgecam.taking.Taken.Failed;
import io.edgecam.taking.Taken.Reason;
import io.edgecam.taking.Taken.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of each picture of an order; with real cameras, a real spool and its ledger. */
@Timeout(60)
class PictureTakerTest {
    private static final String FRONT =
            "{\"front\": {\"source\": \"test:\", \"width\": 320, \"height\": 240, \"warmUpSeconds\": 0}}";

    @TempDir
    Path folder;

    private Taking taking;

    @BeforeEach
    void open() {
        taking = new Taking(folder);
    }

    @AfterEach
    void close() {
        taking.close();
    }

    @Test
    void eachPictureOfAnOrderHasAFateAlsoThoseThatAreNotBegunAfterAFailure() throws IOException {
        taking.apply(Taking.TWO_CAMERAS);
        taking.taker().settle();

        Taken taken = taking.taker().take(order("*", 4, Duration.ZERO, Duration.ofSeconds(5)));

        assertThat(taken).isInstanceOf(Failed.class);
        assertThat(((Failed) taken).pictures()).hasSize(1);
        Statement ledger = taking.ledger().statement(Query.ALL);
        assertThat(ledger.cameras().get("front")).isEqualTo(new Account(0, 1, 0, 3, 0));
        assertThat(ledger.cameras().get("yard")).isEqualTo(new Account(0, 0, 0, 4, 0));
        assertThat(taking.ledger().totals()).isEqualTo(ledger.cameras());
        assertThat(ledger.gaps().stream().filter(gap -> gap.camera().equals("yard")))
                .extracting(Gap::reason)
                .hasSize(2)
                .containsAnyOf("CameraLost", "TimedOut")
                .contains("NotBegun");
        assertThat(ledger.gaps().stream().filter(gap -> gap.reason().equals("NotBegun")))
                .allSatisfy(gap -> assertThat(gap.count()).isEqualTo(3))
                .allSatisfy(gap -> assertThat(gap.detail()).contains("camera yard"));
        assertThat(taking.told().stream().filter(event -> event.type() == EventType.PICTURE_FAILED))
                .hasSize(1);
    }

    @Test
    void picturesThatAreYetToComeAreExpectedAndThoseOfAnOrderThatIsBrokenOffWereStopped() throws Exception {
        taking.apply(FRONT);
        taking.taker().settle();
        CountDownLatch first = new CountDownLatch(1);
        taking.taker().listen(picture -> first.countDown());
        FutureTask<Taken> running = new FutureTask<>(
                () -> taking.taker().take(order("front", 3, Duration.ofHours(1), Duration.ofHours(9))));
        Thread thread = new Thread(running, "order");
        thread.start();
        first.await();
        assertThat(taking.ledger().statement(Query.ALL).sum().expected()).isEqualTo(3);

        thread.interrupt();

        assertThat(((Failed) running.get()).reason()).isEqualTo(Reason.STOPPING);
        assertThat(((Failed) running.get()).pictures()).hasSize(1);
        Statement ledger = taking.ledger().statement(Query.ALL);
        assertThat(ledger.sum()).isEqualTo(new Account(0, 1, 0, 2, 0));
        assertThat(ledger.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo("Stopped");
            assertThat(Duration.between(gap.from(), gap.to())).isEqualTo(Duration.ofHours(1));
        });
    }

    @Test
    void anOrderThatDoesNotFitTheDefaultsWaitsForTheSettingsThatAreWanted() throws Exception {
        taking.apply("{}");
        FutureTask<Taken> running =
                new FutureTask<>(() -> taking.taker().take(order("front", 1, Duration.ZERO, Duration.ofSeconds(30))));
        Thread thread = new Thread(running, "order");
        thread.start();
        while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        taking.apply(FRONT);
        taking.taker().settle();

        assertThat(running.get()).isInstanceOf(Stored.class);
    }

    @Test
    void settingsThatDoNotComeAreNotReadyAndNothingIsExpected() throws IOException {
        taking.apply("{}");

        Taken taken = taking.taker().take(order("front", 1, Duration.ZERO, Duration.ofMillis(10)));

        assertThat(((Failed) taken).reason()).isEqualTo(Reason.NOT_READY);
        assertThat(((Failed) taken).detail()).contains("desired properties have not come yet", "no camera is set");
        assertThat(taking.ledger().statement(Query.ALL).sum()).isEqualTo(Account.NONE);
    }

    @Test
    void onceTheSettingsAreThereAnOrderThatDoesNotFitThemIsRefusedAtOnce() {
        taking.apply(FRONT);
        taking.taker().settle();

        Taken taken = taking.taker().take(order("yard", 1, Duration.ZERO, Duration.ofHours(1)));

        assertThat(((Failed) taken).reason()).isEqualTo(Reason.UNKNOWN_CAMERA);
    }

    @Test
    void anOrderThatIsStoppedWhileItWaitsForSettingsSaysSo() throws Exception {
        FutureTask<Taken> running =
                new FutureTask<>(() -> taking.taker().take(order("front", 1, Duration.ZERO, Duration.ofHours(1))));
        Thread thread = new Thread(running, "order");
        thread.start();

        thread.interrupt();

        assertThat(((Failed) running.get()).reason()).isEqualTo(Reason.STOPPING);
    }

    private static Order order(String camera, int count, Duration interval, Duration timeout) {
        return new Order(
                Trigger.METHOD,
                Optional.of(camera),
                count,
                interval,
                Optional.empty(),
                Optional.empty(),
                "",
                WaitFor.SPOOLED,
                timeout,
                System.nanoTime());
    }
}
