package io.edgecam.localedge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.sdk.iot.device.Message;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class JavaDeviceTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    void hasEverythingThatAModuleHasAndCloudToDeviceMessages() throws Exception {
        try (LocalEdge edge = LocalEdge.builder().start();
                SampleModule client = SampleModule.device(edge).ready()) {
            LocalDevice device = edge.device();

            Input message = device.sendCloudToDevice("image", Map.of("camera", "front"));
            Message received = client.messages.poll(60, SECONDS);
            assertThat(received.getBytes()).asString().isEqualTo("image");
            assertThat(received.getProperty("camera")).isEqualTo("front");
            message.awaitAcknowledged(LONG);

            client.send("{\"n\": 1}", "");
            assertThat(device.awaitTelemetry(sent -> true, LONG).properties()).containsEntry("kind", "hello world");

            device.patchDesired("{\"a\": 1}");
            assertThat(client.desired.poll(60, SECONDS).getDesiredProperties()).containsEntry("a", 1L);
            assertThat(client.twin().getDesiredProperties()).containsEntry("a", 1L);
            assertThat(device.invoke("echo", "{}", LONG).status()).isEqualTo(200);
        }
    }

    @Test
    void getsWhatWasSentWhileItWasAway() throws Exception {
        try (LocalEdge edge = LocalEdge.builder().start()) {
            Input message = edge.device().sendCloudToDevice("early");
            try (SampleModule client = SampleModule.device(edge).open()) {
                assertThat(client.messages.poll(60, SECONDS).getBytes())
                        .asString()
                        .isEqualTo("early");
                message.awaitAcknowledged(LONG);
            }
        }
    }
}
