package io.edgecam.storage;

import static io.edgecam.storage.SamplePictures.jpeg;
import static io.edgecam.storage.SamplePictures.picture;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.SpoolSettings.Order;
import io.edgecam.settings.SpoolSettings.WhenFull;
import io.edgecam.thread.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class TurnsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final Turns turns = new Turns();
    private final Spools spools = new Spools(new Losses(new Told().events(), InstantSource.fixed(SamplePictures.NOON)));

    @BeforeEach
    void fill() throws IOException {
        spools.use(new SpoolSettings(folder, 10_000_000, 0, WhenFull.OVERWRITE_OLDEST, Order.OLDEST_FIRST));
        for (int i = 1; i <= 300; i++) {
            spools.current().add(picture(i), jpeg(1), "", 0);
        }
    }

    @AfterEach
    void close() {
        spools.close();
    }

    @Test
    void aPictureThatSomebodyWaitsForGoesBeforeHundreds() {
        turns.await("id-300");
        assertThat(upload(3)).containsExactly("id-300", "id-1", "id-2");
    }

    @Test
    void thoseThatAreWaitedForDoNotStarveTheOthers() {
        turns.await("id-300");
        turns.await("id-298");
        turns.await("id-299");
        assertThat(upload(7)).containsExactly("id-298", "id-1", "id-299", "id-2", "id-300", "id-3", "id-4");
    }

    @Test
    void whoGivesUpWaitingIsForgottenWhenTheLastDoes() {
        turns.await("id-300");
        turns.await("id-300");
        turns.stopAwaiting("id-300");
        turns.await("id-200");
        turns.stopAwaiting("id-200");
        assertThat(upload(2)).containsExactly("id-300", "id-1");
        turns.stopAwaiting("id-300");
        assertThat(upload(1)).containsExactly("id-2");
    }

    @Test
    void aRefusedPictureStepsAsideAndComesBack() {
        Waiting first = turns.next(spools).orElseThrow();
        assertThat(turns.refused(first, 1, new Backoff(HOUR, HOUR))).isEqualTo(1);
        assertThat(upload(299)).doesNotContain("id-1").startsWith("id-2").endsWith("id-300");
        assertThat(turns.next(spools)).isEmpty();
        assertThat(turns.due().orElseThrow()).isBetween(HOUR.dividedBy(2), HOUR);
        turns.startAnew();
        assertThat(upload(1)).containsExactly("id-1");
        assertThat(turns.due()).isEmpty();
    }

    @Test
    void aRefusedPictureThatWasGivenUpMeanwhileIsNotWaitedFor() {
        Waiting first = turns.next(spools).orElseThrow();
        turns.refused(first, 1, new Backoff(Duration.ZERO, Duration.ZERO));
        first.spool().remove(first);
        upload(299);
        assertThat(turns.next(spools)).isEmpty();
        assertThat(turns.due()).isEmpty();
    }

    private List<String> upload(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<Waiting> next = turns.next(spools);
            Waiting waiting = next.orElseThrow();
            ids.add(waiting.picture().id());
            turns.done(waiting);
            waiting.spool().remove(waiting);
        }
        return ids;
    }
}
