package io.edgecam.hub.iotedge;

import com.microsoft.azure.sdk.iot.device.Message;
import io.edgecam.hub.LinkException;
import io.edgecam.hub.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Our messages as the SDK's. */
final class Messages {
    /** IoT Hub and edgeHub take 256 KB with all properties; above that the connection is closed, again and again. */
    private static final int MAX_BYTES = 256 * 1024 - 8 * 1024;

    /** How the creation time is called over MQTT and over AMQP; the SDK hands it on among the sender's own properties. */
    private static final List<String> CREATED = List.of("$.ctime", "iothub-creation-time-utc");

    private Messages() {}

    /** When the sender made it; empty if it did not say, or not as a time. */
    static Optional<Instant> created(Message message) {
        return CREATED.stream()
                .map(name -> Objects.requireNonNullElse(message.getProperty(name), ""))
                .flatMap(text -> parsed(text).stream())
                .findFirst();
    }

    /** @throws LinkException if it is too long for the hub */
    static Message of(OutgoingMessage message) throws LinkException {
        byte[] body = message.body().toString().getBytes(StandardCharsets.UTF_8);
        if (body.length > MAX_BYTES) {
            throw LinkException.hopeless("The message " + message.id() + " has " + body.length
                    + " bytes; the hub takes at most " + MAX_BYTES);
        }
        Message sdk = new Message(body);
        sdk.setContentType("application/json");
        sdk.setContentEncoding("utf-8");
        sdk.setMessageId(message.id());
        message.correlation().ifPresent(sdk::setCorrelationId);
        sdk.setCreationTimeUTC(Date.from(message.created()));
        message.properties().forEach(sdk::setProperty);
        return sdk;
    }

    private static Optional<Instant> parsed(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
