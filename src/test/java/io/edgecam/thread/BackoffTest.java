package io.edgecam.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    @Test
    void doublesToTheLongestAndTakesOffAQuarterAtMost() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(seconds * 750L), Duration.ofSeconds(seconds));
        }
    }

    @Test
    void startsSmallAgainAfterATryThatWentWell() {
        backoff.next();
        backoff.next();
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
