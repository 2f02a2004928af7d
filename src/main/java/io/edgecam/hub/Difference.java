package io.edgecam.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The merge patch (RFC 7396) that makes one document of another. */
final class Difference {
    /** A value that is not known, and equals none that a hub keeps. */
    private static final JsonElement UNSURE = new JsonPrimitive("\0");

    private Difference() {}

    /** What is known of a document that is one of two, or was made by parts of the patch between them. */
    static JsonObject unsure(JsonObject one, JsonObject other) {
        JsonObject known = new JsonObject();
        Set<String> keys = new LinkedHashSet<>(one.keySet());
        keys.addAll(other.keySet());
        for (String key : keys) {
            JsonElement first = one.get(key);
            JsonElement second = other.get(key);
            if (first != null && first.equals(second)) {
                known.add(key, first);
            } else if (first instanceof JsonObject || second instanceof JsonObject) {
                known.add(key, unsure(objectOrEmpty(first), objectOrEmpty(second)));
            } else {
                known.add(key, UNSURE);
            }
        }
        return known;
    }

    private static JsonObject objectOrEmpty(@Nullable JsonElement element) {
        return element instanceof JsonObject object ? object : new JsonObject();
    }

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
