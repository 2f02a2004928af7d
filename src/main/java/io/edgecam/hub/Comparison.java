package io.edgecam.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.json.Problem;
import io.edgecam.json.Redacted;
import io.edgecam.settings.Parsed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last wish of the twin beside what is in force, for the page: {@code state} is {@code none}, {@code taken} or
 * {@code refused}. Of a refused one {@code differences} holds each path that is wrong or would have changed, what is wrong
 * first: {@code {"path", "inForce"?, "asked"?, "problems": […]}}; a value that is not there is left out. No secrets. For one
 * thread; what it makes is not changed any more.
 */
final class Comparison {
    /** Nothing was wished yet. */
    static final JsonObject NONE = begin("none");

    private final Map<String, JsonElement> asked = new LinkedHashMap<>();
    private final Map<String, JsonElement> inForce = new LinkedHashMap<>();
    private final Map<String, JsonObject> rows = new LinkedHashMap<>();

    private Comparison(JsonObject asked, JsonObject inForce) {
        index("", asked, this.asked);
        index("", inForce, this.inForce);
    }

    static JsonObject taken(long version, JsonObject asked, List<String> notYet) {
        JsonObject json = begin("taken");
        json.addProperty("version", version);
        json.addProperty("versionInForce", version);
        json.add("asked", asked);
        JsonArray paths = new JsonArray();
        notYet.forEach(paths::add);
        json.add("notYet", paths);
        return json;
    }

    /** @param versionInForce empty = no wish was ever taken, the usual values are in force */
    static JsonObject refused(
            long version, JsonObject asked, JsonObject inForce, Optional<Long> versionInForce, Parsed.Invalid reading) {
        JsonObject json = begin("refused");
        json.addProperty("version", version);
        versionInForce.ifPresent(before -> json.addProperty("versionInForce", before));
        json.add("asked", asked);
        Comparison comparison = new Comparison(asked, inForce);
        reading.problems().forEach(comparison::add);
        if (reading.wouldBe().size() > 0) {
            comparison.compare("", inForce, reading.wouldBe());
        }
        JsonArray differences = new JsonArray();
        comparison.rows.values().forEach(differences::add);
        json.add("differences", differences);
        return json;
    }

    private static JsonObject begin(String state) {
        JsonObject json = new JsonObject();
        json.addProperty("state", state);
        return json;
    }

    private void add(Problem problem) {
        row(Redacted.text(problem.path())).getAsJsonArray("problems").add(Redacted.text(problem.problem()));
    }

    /** Adds every path whose value would be another one; what is below a path at fault is not gone into. */
    private void compare(String path, @Nullable JsonElement now, @Nullable JsonElement wouldBe) {
        if (!path.isEmpty() && rows.containsKey(path)) {
            return;
        }
        if (now instanceof JsonObject before && wouldBe instanceof JsonObject after) {
            before.asMap().forEach((key, value) -> compare(at(path, key), value, after.get(key)));
            after.keySet().stream()
                    .filter(key -> !before.has(key))
                    .forEach(key -> compare(at(path, key), null, after.get(key)));
        } else if (now == null && asked.get(path) instanceof JsonObject news) {
            // something new: what was said of it, not what is usual
            news.asMap().forEach((key, value) -> compare(at(path, key), null, value));
        } else if (wouldBe == null || !wouldBe.equals(now)) {
            row(path);
        }
    }

    private JsonObject row(String path) {
        return rows.computeIfAbsent(path, unseen -> {
            JsonObject row = new JsonObject();
            row.addProperty("path", path);
            if (!path.isEmpty() && inForce.containsKey(path)) {
                row.add("inForce", inForce.get(path));
            }
            if (!path.isEmpty() && asked.containsKey(path)) {
                row.add("asked", asked.get(path));
            }
            row.add("problems", new JsonArray());
            return row;
        });
    }

    private static void index(String path, JsonElement value, Map<String, JsonElement> index) {
        index.put(path, value);
        if (value instanceof JsonObject object) {
            object.asMap().forEach((key, inner) -> index(at(path, key), inner, index));
        }
    }

    private static String at(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
