package io.edgecam.storage;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * The ledger knows of every upload, once, wherever the power goes; and the model that says so would notice if it did not.
 * More seeds: {@code -Dedgecam.crashSeeds=100000}.
 */
@Timeout(300)
final class LedgerCrashTest {
    private static final int FRESH = Integer.getInteger("edgecam.crashSeeds", 150);

    private final Logger log = (Logger) LoggerFactory.getLogger("io.edgecam");
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
    void everyUploadIsInTheLedgerOnceWhereverThePowerGoes() throws IOException {
        long base = new SecureRandom().nextLong();
        LedgerCrashTrial.Verdict all = LedgerCrashTrial.Verdict.NONE;
        for (long seed : LongStream.concat(LongStream.range(0, 150), LongStream.range(base, base + FRESH))
                .toArray()) {
            LedgerCrashTrial.Verdict one = LedgerCrashTrial.run(seed, true);
            assertThat(one.isFlawless())
                    .as("seed %d (keep it here as a test of its own): %s", seed, one)
                    .isTrue();
            all = all.plus(one);
        }
        System.out.println("crash model of the ledger: " + all);
        assertThat(all.arrived()).as("a model that does something").isGreaterThan(1000);
    }

    @Test
    void theModelCatchesALedgerThatIsNotForcedBeforeAPictureLeavesTheSpool() throws IOException {
        LedgerCrashTrial.Verdict all = LedgerCrashTrial.Verdict.NONE;
        for (long seed = 0; seed < 100; seed++) {
            all = all.plus(LedgerCrashTrial.run(seed, false));
        }
        System.out.println("crash model of a ledger that is not forced: " + all);
        assertThat(all.arrived() - all.uploaded()).isGreaterThan(10);
    }
}
