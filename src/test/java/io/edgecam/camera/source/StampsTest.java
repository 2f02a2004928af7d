package io.edgecam.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StampsTest {
    private static final long NOW = TimeUnit.HOURS.toNanos(5);

    @Test
    void takesTheStampOfTheDriverIfItCanBeTrue() {
        Stamps stamps = new Stamps(2, NOW - 100);

        assertThat(stamps.of(NOW - 70, NOW)).isEqualTo(NOW - 70);
        assertThat(stamps.of(NOW, NOW)).isEqualTo(NOW);
    }

    @Test
    void makesAFrameWithoutATrueStampAsOldAsItCanBe() {
        Stamps stamps = new Stamps(2, NOW - 100);

        assertThat(stamps.of(0, NOW)).isEqualTo(NOW - 100);
        assertThat(stamps.of(NOW + 11, NOW + 10)).isEqualTo(NOW - 100);
        assertThat(stamps.of(0, NOW + 20)).isEqualTo(NOW);
        assertThat(stamps.of(0, NOW + 30)).isEqualTo(NOW + 10);
    }
}
