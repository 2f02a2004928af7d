package io.edgecam.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A message to the cloud as one line of JSON that survives a restart. */
final class MessageText {
    private MessageText() {}

    static String write(OutgoingMessage message) {
        JsonObject json = new JsonObject();
        json.addProperty("output", message.output());
        json.addProperty("id", message.id());
        message.correlation().ifPresent(correlation -> json.addProperty("correlation", correlation));
        json.addProperty("created", message.created().toString());
        JsonObject properties = new JsonObject();
        message.properties().forEach(properties::addProperty);
        json.add("properties", properties);
        json.add("body", message.body());
        return json.toString();
    }

    /** Empty if the text is not one that {@link #write} has made. */
    static Optional<OutgoingMessage> read(String text) {
        try {
            JsonObject json = Json.parseObject(text);
            Map<String, String> properties = new TreeMap<>();
            for (Map.Entry<String, JsonElement> property :
                    json.getAsJsonObject("properties").entrySet()) {
                properties.put(property.getKey(), property.getValue().getAsString());
            }
            return Optional.of(new OutgoingMessage(
                    json.get("output").getAsString(),
                    json.get("id").getAsString(),
                    Optional.ofNullable(json.get("correlation")).map(JsonElement::getAsString),
                    Instant.parse(json.get("created").getAsString()),
                    properties,
                    json.getAsJsonObject("body")));
        } catch (JsonException | RuntimeException notOurs) {
            return Optional.empty();
        }
    }
}
