package io.edgecam.storage;

import static io.edgecam.storage.SamplePictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.edgecam.event.EventType;
import io.edgecam.picture.Picture;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.SpoolSettings.Order;
import io.edgecam.settings.SpoolSettings.WhenFull;
import io.edgecam.storage.SpoolFile.DamagedException;
import io.edgecam.storage.crash.CrashDisk;
import io.edgecam.storage.crash.CrashDisk.Step;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A disk that fails at any step, for a while: nothing acknowledged is lost, and it goes on without a restart. */
@Timeout(120)
final class DiskFaultTest {
    private static final long PLENTY = 10_000_000;
    private static final Set<Step> TAKING_SPACE = EnumSet.of(Step.MAKE_FOLDER, Step.CREATE, Step.WRITE);

    private final Logger log = (Logger) LoggerFactory.getLogger("io.edgecam.storage");
    private final @Nullable Level usual = log.getLevel();
    private final CrashDisk disk = new CrashDisk();
    private final Told told = new Told();
    private final Losses losses = new Losses(told.events(), InstantSource.fixed(SamplePictures.NOON));

    @BeforeEach
    void beQuiet() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speakAgain() {
        log.setLevel(usual);
    }

    /** How disks fail, in the system's words. */
    @SuppressWarnings("ImmutableEnumChecker") // its sets are never changed
    private enum Failing {
        NO_SPACE("No space left on device", TAKING_SPACE),
        QUOTA("Disk quota exceeded", TAKING_SPACE),
        READ_ONLY("Read-only file system", EnumSet.complementOf(EnumSet.of(Step.READ))),
        BROKEN("Input/output error", EnumSet.allOf(Step.class)),
        DENIED("Permission denied", EnumSet.complementOf(EnumSet.of(Step.WRITE, Step.FORCE)));

        private final String reason;
        private final Set<Step> steps;

        Failing(String reason, Set<Step> steps) {
            this.reason = reason;
            this.steps = steps;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereverItFailsNothingAcknowledgedIsLostAndItGoesOn(Failing failing) throws Exception {
        for (int length : new int[] {1, 2, 7, 1000}) {
            for (int start = 0; start < 45; start++) {
                failFor(failing, start, length, "/" + failing + "-" + length + "-" + start);
            }
        }
    }

    /** Twelve pictures come, every third is uploaded; from one step on the disk fails for some steps, then it is well. */
    private void failFor(Failing failing, int start, int length, String folder) throws Exception {
        String where = failing + " from step " + start + " for " + length;
        List<String> owed = new ArrayList<>();
        int refused = 0;
        try (Spool spool = open(folder, WhenFull.OVERWRITE_OLDEST)) {
            AtomicInteger step = new AtomicInteger();
            disk.fault((kind, path) -> {
                boolean now =
                        failing.steps.contains(kind) && step.getAndIncrement() >= start && step.get() <= start + length;
                return now ? Optional.of(failing.reason) : Optional.empty();
            });
            for (int i = 1; i <= 12; i++) {
                try {
                    owed.add(add(spool, folder + i));
                } catch (IOException e) {
                    refused++;
                }
                if (i % 3 == 0) {
                    spool.take(any -> true).ifPresent(first -> {
                        owed.remove(first.picture().id());
                        spool.remove(first);
                    });
                }
            }
            disk.fault((kind, path) -> Optional.empty());
            owed.add(add(spool, folder + "after"));
            told.all(EventType.PICTURE_DROPPED)
                    .forEach(event -> owed.remove(event.correlation().orElseThrow()));
            assertThat(readable(spool)).as(where).containsExactlyElementsOf(owed);
        }
        assertThat(refused).as("as many refused as can be, %s", where).isLessThanOrEqualTo(Math.min(12, length));
        try (Spool spool = open(folder, WhenFull.OVERWRITE_OLDEST)) {
            assertThat(readable(spool)).as("after a restart, %s", where).containsSubsequence(owed);
            assertThat(losses.setAsideCount()).as(where).isZero();
        }
    }

    @Test
    void withoutInodesTheOldestGoesAndItIsToldOnce() throws Exception {
        try (Spool spool = open("/spool", WhenFull.OVERWRITE_OLDEST)) {
            disk.fault((step, path) -> files(step, 6));
            for (int i = 1; i <= 20; i++) {
                add(spool, "id-" + i);
            }
            assertThat(spool.status().pictures()).isLessThanOrEqualTo(5);
            assertThat(readable(spool)).endsWith("id-18", "id-19", "id-20");
            assertThat(told.all(EventType.PICTURE_DROPPED))
                    .hasSize(20 - spool.status().pictures());
            assertThat(told.all(EventType.SPOOL_FULL)).hasSize(1);
            assertThat(String.valueOf(
                            told.all(EventType.SPOOL_FULL).get(0).details().get("reason")))
                    .contains("/spool", "inodes", "spool.whenFull");
            disk.fault((step, path) -> Optional.empty());
            while (spool.status().pictures() > 1) {
                spool.remove(spool.take(any -> true).orElseThrow());
            }
            add(spool, "id-21");
            assertThat(losses.isFull()).isFalse();
        }
    }

    @Test
    void withoutInodesNewPicturesAreRefusedWhenToldToDoSo() throws Exception {
        try (Spool spool = open("/spool", WhenFull.REJECT_NEW)) {
            add(spool, "id-1");
            disk.fault((step, path) -> files(step, 0));
            assertThatThrownBy(() -> add(spool, "id-2"))
                    .isInstanceOf(SpoolFullException.class)
                    .hasMessageContainingAll("/spool", "inodes", "spool.whenFull");
            assertThat(readable(spool)).containsExactly("id-1");
            assertThat(spool.status().bytes()).isPositive();
            assertThat(told.all(EventType.SPOOL_FULL)).hasSize(1);
        }
    }

    @Test
    void whenNothingThatIsGivenUpHelpsTheRestIsKept() throws Exception {
        try (Spool spool = open("/spool", WhenFull.OVERWRITE_OLDEST)) {
            for (int i = 1; i <= 20; i++) {
                add(spool, "id-" + i);
            }
            disk.fault((step, path) -> files(step, 0));
            assertThatThrownBy(() -> add(spool, "id-21"))
                    .isInstanceOf(SpoolFullException.class)
                    .hasMessageContaining("did not help");
            assertThat(spool.status().pictures()).isEqualTo(16);
        }
    }

    private Optional<String> files(Step step, int most) {
        return step == Step.CREATE && disk.files() >= most ? Optional.of("No space left on device") : Optional.empty();
    }

    private static String add(Spool spool, String id) throws IOException {
        Picture picture = SamplePictures.named(id, "a.jpg", jpeg(1), SamplePictures.NOON);
        return spool.add(picture, jpeg(1), "", 0).picture().id();
    }

    private static List<String> readable(Spool spool) {
        List<String> ids = new ArrayList<>();
        spool.take(waiting -> {
            try {
                assertThat(spool.image(waiting)).isEqualTo(jpeg(1));
                ids.add(waiting.picture().id());
            } catch (IOException | DamagedException e) {
                throw new AssertionError(waiting.fileName(), e);
            }
            return false;
        });
        return ids;
    }

    private Spool open(String folder, WhenFull whenFull) throws IOException {
        return Spool.open(new SpoolSettings(disk.path(folder), PLENTY, 0, whenFull, Order.OLDEST_FIRST), 1, losses);
    }
}
