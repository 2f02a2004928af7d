package io.edgecam.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {
    /** Frames of a camera that is a fifth of a period early or late, for 100 s. */
    @ParameterizedTest
    @CsvSource({"30, 15, 1500", "15, 15, 1500", "25, 15, 1500", "10, 15, 1000", "60, 1, 100", "29, 15, 1500"})
    void letsThroughAsManyAsThereAreAndMayBe(int camera, int limit, int expected) {
        RateLimit rate = new RateLimit(limit);
        Random random = new Random(1);
        long start = -TimeUnit.DAYS.toNanos(1);
        long period = TimeUnit.SECONDS.toNanos(1) / camera;
        int passed = 0;
        for (int i = 0; i < 100 * camera; i++) {
            long jitter = (long) (period * 0.4 * (random.nextDouble() - 0.5));
            if (rate.lets(start + i * period + jitter)) {
                passed++;
            }
        }

        assertThat(passed).isBetween(expected * 95 / 100, expected + 2);
    }
}
