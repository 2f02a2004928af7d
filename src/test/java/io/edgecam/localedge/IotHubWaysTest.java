package io.edgecam.localedge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** IoT Hub without an edge hub in between: no acknowledgement of what it sends, versions in its answers. */
@Timeout(120)
class IotHubWaysTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    void aModuleSignsInWithoutAGateway() throws Exception {
        try (LocalEdge edge =
                        LocalEdge.builder().pushQos(0).versionInReportedAnswer().start();
                SampleModule module = SampleModule.module(
                                edge, edge.module("direct").hubConnectionString())
                        .ready()) {
            LocalModule direct = edge.module("direct");

            assertThat(module.twin().getDesiredProperties().getVersion()).isEqualTo(1);
            assertThat(module.report("a", 1).getVersion()).isGreaterThanOrEqualTo(2);
            assertThat(direct.invoke("echo", "{}", LONG).status()).isEqualTo(200);
            direct.patchDesired("{\"b\": 2}");
            assertThat(module.desired.poll(60, SECONDS).getDesiredProperties()).containsEntry("b", 2L);
        }
    }
}
