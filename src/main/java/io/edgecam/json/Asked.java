package io.edgecam.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an object asks for, as far as everybody may see it. What was understood is shown and secrets are not. Where a value
 * was not understood, or its name is not known, it may be a secret in the wrong place: then only numbers, true and false
 * are shown, and not even those under a name that reads like a secret's. For one thread.
 */
final class Asked {
    private static final JsonPrimitive HIDDEN = new JsonPrimitive(Redacted.HIDDEN);
    private static final JsonPrimitive EMPTY = new JsonPrimitive("");
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)pass|pwd|pin|code|secret|token|key|sig|sas|cred|auth|connection");

    private final JsonObject json = new JsonObject();
    private final Set<String> secrets = new TreeSet<>();
    private final Set<String> understood = new TreeSet<>();

    /** What is gathered here goes on growing with the reading. */
    JsonObject json() {
        return json;
    }

    void understood(String key, JsonElement value) {
        understood.add(key);
        json.add(key, redacted(value));
    }

    void misunderstood(String key, JsonElement value) {
        json.add(key, harmless(value));
    }

    /** What is said under this key, if anything, is a secret. */
    void secret(String key) {
        secrets.add(key);
        if (json.has(key) && !json.get(key).equals(EMPTY)) {
            json.add(key, HIDDEN);
        }
    }

    /** No such field; {@code meant} is the one it may be a slip of. */
    void unknown(String key, JsonElement value, Optional<String> meant) {
        boolean suspect = SECRET_NAME.matcher(key).find()
                || meant.filter(secrets::contains).isPresent();
        json.add(Redacted.text(key), suspect ? HIDDEN : harmless(value));
    }

    void inner(String key, Asked inner) {
        json.add(Redacted.text(key), inner.json);
    }

    /** Another text in place of a value that was understood. */
    void show(String key, String text) {
        if (understood.contains(key)) {
            json.addProperty(key, Redacted.text(text));
        }
    }

    private static JsonElement redacted(JsonElement value) {
        if (value instanceof JsonPrimitive text && text.isString()) {
            return new JsonPrimitive(Redacted.text(text.getAsString()));
        }
        if (value instanceof JsonArray list) {
            JsonArray items = new JsonArray();
            list.forEach(item -> items.add(redacted(item)));
            return items;
        }
        return value instanceof JsonObject ? HIDDEN : value;
    }

    private static JsonElement harmless(JsonElement value) {
        if (value instanceof JsonArray list) {
            JsonArray items = new JsonArray();
            list.forEach(item -> items.add(harmless(item)));
            return items;
        }
        return value instanceof JsonPrimitive primitive && !primitive.isString() ? value : HIDDEN;
    }
}
