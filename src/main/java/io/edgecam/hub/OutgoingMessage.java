package io.edgecam.hub;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message to the cloud.
 *
 * @param output the module's output it leaves through
 * @param properties application properties, for routes
 * @param created when what it tells of happened
 */
public record OutgoingMessage(
        String output,
        String id,
        Optional<String> correlation,
        Instant created,
        Map<String, String> properties,
        JsonObject body) {
    public OutgoingMessage {
        properties = Map.copyOf(properties);
    }
}
