package io.edgecam.localedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/** JSON as the standard has it: Gson's own reading forgives too much; pure functions for any thread. */
final class Json {
    private Json() {}

    static JsonElement parse(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        JsonElement element = JsonParser.parseReader(reader);
        try {
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonParseException("more than one JSON value");
            }
        } catch (IOException e) {
            throw new JsonParseException(e.getMessage(), e);
        }
        return element;
    }

    static JsonObject object(String text) {
        JsonElement element = parse(text);
        if (!element.isJsonObject()) {
            throw new JsonParseException("not a JSON object");
        }
        return element.getAsJsonObject();
    }

    /** The object under a key, or an empty one that belongs to nobody. */
    static JsonObject child(JsonObject parent, String key) {
        JsonElement element = parent.get(key);
        return element != null && element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
    }
}
