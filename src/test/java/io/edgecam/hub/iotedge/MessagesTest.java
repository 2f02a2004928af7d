package io.edgecam.hub.iotedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.microsoft.azure.sdk.iot.device.Message;
import io.edgecam.hub.LinkException;
import io.edgecam.hub.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagesTest {
    @Test
    void carriesWhatRoutesAndReadersNeed() throws Exception {
        Message message = Messages.of(message("grüße"));

        assertThat(new String(message.getBytes(), StandardCharsets.UTF_8)).isEqualTo("{\"text\":\"grüße\"}");
        assertThat(message.getContentType()).isEqualTo("application/json");
        assertThat(message.getContentEncoding()).isEqualTo("utf-8");
        assertThat(message.getMessageId()).isEqualTo("id-1");
        assertThat(message.getCorrelationId()).isEqualTo("picture-1");
        assertThat(message.getProperty("type")).isEqualTo("pictureStored");
    }

    @Test
    void isRefusedWhenTheHubWouldCloseTheConnectionForIt() {
        assertThatThrownBy(() -> Messages.of(message("x".repeat(256 * 1024))))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        refusal -> assertThat(refusal.isHopeless()).isTrue())
                .hasMessageContaining("id-1")
                .hasMessageContaining("at most 253952");
    }

    private static OutgoingMessage message(String text) {
        JsonObject body = new JsonObject();
        body.addProperty("text", text);
        return new OutgoingMessage(
                "pictures",
                "id-1",
                Optional.of("picture-1"),
                Instant.parse("2026-11-21T05:00:00.040Z"),
                Map.of("type", "pictureStored"),
                body);
    }
}
