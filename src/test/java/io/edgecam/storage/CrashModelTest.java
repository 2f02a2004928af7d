package io.edgecam.storage;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.edgecam.storage.crash.CrashDisk.Careless;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The spool loses nothing it has acknowledged, wherever the power goes; and the model that says so would notice if it did.
 * More seeds: {@code -Dedgecam.crashSeeds=100000}.
 */
@Timeout(300)
final class CrashModelTest {
    private static final int FRESH = Integer.getInteger("edgecam.crashSeeds", 300);

    private final Logger log = (Logger) LoggerFactory.getLogger("io.edgecam.storage");
    private final @Nullable Level usual = log.getLevel();

    @BeforeEach
    void beQuiet() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speakAgain() {
        log.setLevel(usual);
    }

    @Test
    void nothingThatWasAcknowledgedIsLostWhereverThePowerGoes() throws IOException {
        long base = new SecureRandom().nextLong();
        CrashTrial.Verdict all = CrashTrial.Verdict.NONE;
        for (long seed : LongStream.concat(LongStream.range(0, 300), LongStream.range(base, base + FRESH))
                .toArray()) {
            CrashTrial.Verdict one = CrashTrial.run(seed);
            assertThat(one.isFlawless())
                    .as("seed %d (keep it here as a test of its own): %s", seed, one)
                    .isTrue();
            all = all.plus(one);
        }
        System.out.println("crash model: " + all);
        assertThat(all.acknowledged()).as("a model that does something").isGreaterThan(5000);
        assertThat(all.taken()).isPositive();
        assertThat(all.dropped()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void theModelCatchesASpoolThatLeavesOutAStep(Careless careless) throws IOException {
        CrashTrial.Verdict all = CrashTrial.Verdict.NONE;
        for (long seed = 0; seed < 100; seed++) {
            all = all.plus(CrashTrial.run(seed, careless));
        }
        System.out.println("crash model, " + careless + ": " + all);
        assertThat(all.lost() + all.damaged())
                .as("pictures lost or damaged with %s", careless)
                .isGreaterThan(10);
    }
}
