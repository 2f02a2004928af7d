package io.edgecam.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The merge patch (RFC 7396) that makes one document of another. */
final class Difference {
    private Difference() {}

    /** Empty if there is nothing to change; shares values with {@code to}. */
    static JsonObject between(JsonObject from, JsonObject to) {
        JsonObject patch = new JsonObject();
        for (Map.Entry<String, JsonElement> entry : to.entrySet()) {
            JsonElement before = from.get(entry.getKey());
            if (before instanceof JsonObject old && entry.getValue() instanceof JsonObject now) {
                JsonObject inner = between(old, now);
                if (inner.size() > 0) {
                    patch.add(entry.getKey(), inner);
                }
            } else if (!entry.getValue().equals(before) && !isNothing(before, entry.getValue())) {
                patch.add(entry.getKey(), entry.getValue());
            }
        }
        for (String key : from.keySet()) {
            if (!to.has(key)) {
                patch.add(key, JsonNull.INSTANCE);
            }
        }
        return patch;
    }

    /** A null is not kept by the hub: it is no difference to nothing. */
    private static boolean isNothing(@Nullable JsonElement before, JsonElement now) {
        return before == null && now.isJsonNull();
    }
}
