package io.edgecam.shipping;

import com.google.gson.JsonObject;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that lie around the code, read from the folder that Maven runs in. */
final class Repository {
    private Repository() {}

    static String text(String path) throws IOException {
        return Files.readString(Path.of(path));
    }

    /** Strictly: no comments, no name twice, no comma too many. */
    static JsonObject json(String path) throws IOException, JsonException {
        return Json.parseObject(text(path));
    }

    static JsonObject inside(JsonObject from, String... names) {
        JsonObject now = from;
        for (String name : names) {
            now = now.getAsJsonObject(name);
        }
        return now;
    }
}
