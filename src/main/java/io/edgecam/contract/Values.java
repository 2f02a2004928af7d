package io.edgecam.contract;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgecam.json.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain values as JSON: text, numbers, booleans, moments, problems, lists and maps of these. */
final class Values {
    private Values() {}

    static JsonElement json(@Nullable Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        }
        if (value instanceof Instant moment) {
            return new JsonPrimitive(Times.text(moment));
        }
        if (value instanceof Problem problem) {
            return problem(problem);
        }
        if (value instanceof Collection<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(item -> array.add(json(item)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((key, item) -> object.add(String.valueOf(key), json(item)));
            return object;
        }
        return new JsonPrimitive(value.toString());
    }

    /** JSON has no word for a number that is none. */
    private static JsonElement number(Number number) {
        return Double.isFinite(number.doubleValue()) ? new JsonPrimitive(number) : JsonNull.INSTANCE;
    }

    private static JsonObject problem(Problem problem) {
        JsonObject json = new JsonObject();
        json.addProperty("path", problem.path());
        json.addProperty("problem", problem.problem());
        return json;
    }
}
