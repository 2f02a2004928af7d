package io.edgecam.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.localedge.Azurite;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds of {@link KillLoop}; the long one is src/test/durability/kill-loop.sh. */
@Timeout(300)
final class KillIT {
    @TempDir
    Path home;

    @Test
    void whatWasAcknowledgedIsInTheContainerOnceAndWholeAfterFiveKills() throws Exception {
        Optional<String> missing = Azurite.find(Path.of("")).whyNot();
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        long seed = System.nanoTime();
        KillLoop.Verdict verdict = KillLoop.run(5, home, seed);
        assertThat(verdict.isFlawless()).as("seed %d: %s", seed, verdict).isTrue();
        assertThat(verdict.acknowledged()).isPositive();
    }
}
