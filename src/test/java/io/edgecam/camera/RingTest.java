package io.edgecam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.RingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RingTest {
    private static final Jpeg IMAGE = Pictures.small();
    private static final long PLENTY = 1024 * 1024;

    private final Ring ring = new Ring();
    private final long now = System.nanoTime();

    @Test
    void givesTheFrameNearestToAMoment() {
        ring.bound(new RingSettings(Duration.ofMinutes(1), PLENTY));
        add(1, secondsAgo(3));
        add(2, secondsAgo(2));
        add(3, secondsAgo(1));

        assertThat(sequence(secondsAgo(2.4))).contains(2L);
        assertThat(sequence(secondsAgo(2.6))).contains(1L);
        assertThat(sequence(now)).contains(3L);
    }

    @Test
    void hasNoFrameOfAMomentThatIsFarFromAll() {
        ring.bound(new RingSettings(Duration.ofMinutes(1), PLENTY));
        add(1, secondsAgo(20));
        add(2, secondsAgo(3));

        assertThat(sequence(secondsAgo(10))).isEmpty();
        assertThat(sequence(secondsAgo(21.5))).isEmpty();
        assertThat(sequence(secondsAgo(1))).isEmpty();
        assertThat(sequence(secondsAgo(20.9))).contains(1L);
    }

    @Test
    void forgetsWhatIsOlderThanItsLength() {
        ring.bound(new RingSettings(Duration.ofSeconds(10), PLENTY));
        add(1, secondsAgo(11));
        add(2, secondsAgo(5));

        assertThat(sequence(secondsAgo(11))).isEmpty();
        assertThat(ring.reach()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(9));
    }

    @Test
    void forgetsTheOldestWhenItsBytesAreUsedUp() {
        ring.bound(new RingSettings(Duration.ofMinutes(1), 2L * IMAGE.length()));
        add(1, secondsAgo(30));
        add(2, secondsAgo(20));
        add(3, secondsAgo(10));

        assertThat(sequence(secondsAgo(30))).isEmpty();
        assertThat(sequence(secondsAgo(20))).contains(2L);
        assertThat(sequence(secondsAgo(10))).contains(3L);
    }

    @Test
    void keepsNothingUntilItIsTold() {
        add(1, now);

        assertThat(sequence(now)).isEmpty();
        assertThat(ring.reach()).isZero();
    }

    @Test
    void letsGoOfEverythingWhenItIsNotWantedAnyMore() {
        ring.bound(new RingSettings(Duration.ofMinutes(1), PLENTY));
        add(1, secondsAgo(1));

        ring.bound(RingSettings.NONE);

        assertThat(sequence(secondsAgo(1))).isEmpty();
    }

    private void add(long sequence, long capturedNanos) {
        ring.add(new Frame("front", sequence, Instant.EPOCH, capturedNanos, IMAGE));
    }

    private Optional<Long> sequence(long nanos) {
        return ring.nearest(nanos).map(Frame::sequence);
    }

    private long secondsAgo(double seconds) {
        return now - (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }
}
