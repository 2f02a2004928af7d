package io.edgecam.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgecam.camera.Cameras;
import io.edgecam.json.Exact;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import io.edgecam.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which cameras a {@link LiveViewer} wants to see. Immutable.
 *
 * @param cameras empty = every one, also those to come
 */
record Watch(Optional<Set<String>> cameras) {
    static final Watch ALL = new Watch(Optional.empty());

    private static final String NAME = "watch";
    private static final int MAX_NAME_CHARACTERS = 32;

    static Watch one(String camera) {
        return new Watch(Optional.of(Set.of(camera)));
    }

    /** Reads {@code {"watch": ["front", …]}}; {@code "*"} for all of them, an empty list for none. */
    static Watch read(String text, Cameras known) throws RefusedException {
        try {
            JsonObject message = Json.parseObject(text);
            JsonElement wish = message.get(NAME);
            if (wish == null || message.size() != 1) {
                throw new IllegalArgumentException("must be {\"watch\": [\"front\", …]} or {\"watch\": \"*\"}");
            }
            return wish.equals(new JsonPrimitive("*")) ? ALL : new Watch(Optional.of(names(wish, known)));
        } catch (JsonException | IllegalArgumentException e) {
            throw new RefusedException(400, "BadRequest", "the message " + e.getMessage());
        }
    }

    /** Those of them that it wants. */
    List<String> among(List<String> all) {
        return all.stream()
                .filter(name -> cameras.map(some -> some.contains(name)).orElse(true))
                .toList();
    }

    private static Set<String> names(JsonElement wish, Cameras known) throws RefusedException {
        Set<String> names = new TreeSet<>();
        for (JsonElement item : Exact.list(wish, 0, Settings.MAX_CAMERAS, "names of cameras")) {
            names.add(Query.known(Exact.text(item, MAX_NAME_CHARACTERS), known));
        }
        return names;
    }
}
