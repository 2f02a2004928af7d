package io.edgecam.localedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One message that a module or device has sent to the hub; immutable, for any thread. */
public final class Telemetry {
    private final String from;
    private final PropertyBag properties;
    private final byte[] body;
    private final Instant receivedAt;

    Telemetry(String from, PropertyBag properties, byte[] body, Instant receivedAt) {
        this.from = from;
        this.properties = properties;
        this.body = body;
        this.receivedAt = receivedAt;
    }

    /** The sender: a module's id, or the device's. */
    public String from() {
        return from;
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    /** The output, empty when none was named. */
    public String output() {
        return system("$.on").orElse("");
    }

    public Optional<String> messageId() {
        return system("$.mid");
    }

    public Optional<String> correlationId() {
        return system("$.cid");
    }

    public Optional<String> contentType() {
        return system("$.ct");
    }

    public Optional<String> contentEncoding() {
        return system("$.ce");
    }

    public Optional<String> creationTime() {
        return system("$.ctime");
    }

    /** A system property by its name on the wire, such as {@code $.mid}. */
    public Optional<String> system(String key) {
        return Optional.ofNullable(properties.system().get(key));
    }

    /** All system properties by their names on the wire. */
    public Map<String, String> systemProperties() {
        return Map.copyOf(properties.system());
    }

    /** The application's own properties. */
    public Map<String, String> properties() {
        return Map.copyOf(properties.application());
    }

    public byte[] bytes() {
        return body.clone();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as a JSON object; an exception when it is something else. */
    public JsonObject json() {
        return Json.object(text());
    }

    PropertyBag bag() {
        return properties;
    }

    JsonElement shown() {
        JsonObject object = new JsonObject();
        object.addProperty("from", from);
        object.addProperty("output", output());
        object.addProperty("receivedAt", receivedAt.toString());
        object.add("systemProperties", map(properties.system()));
        object.add("properties", map(properties.application()));
        object.addProperty("body", text());
        return object;
    }

    @Override
    public String toString() {
        return shown().toString();
    }

    private static JsonObject map(Map<String, String> entries) {
        JsonObject object = new JsonObject();
        entries.forEach(object::addProperty);
        return object;
    }
}
