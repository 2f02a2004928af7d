package io.edgecam.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Merges JSON as RFC 7396 has it: null deletes, objects merge, everything else replaces. Works through a list of what is
 * left to do, so that no depth of a stranger's document can exhaust the stack. Has no state, for any number of threads.
 */
public final class MergePatch {
    private MergePatch() {}

    /** A new document; neither the target nor the patch is changed, nor shares any part with it. */
    public static JsonObject apply(JsonObject target, JsonObject patch) {
        Deque<Runnable> left = new ArrayDeque<>();
        JsonObject merged = new JsonObject();
        left.push(() -> merge(merged, target, patch, left));
        run(left);
        return merged;
    }

    private static void merge(JsonObject into, JsonObject target, JsonObject patch, Deque<Runnable> left) {
        for (String key : target.keySet()) {
            JsonElement change = patch.get(key);
            if (change == null) {
                copy(target.get(key), copy -> into.add(key, copy), left);
            } else if (!change.isJsonNull()) {
                put(into, key, target.get(key), change, left);
            }
        }
        for (String key : patch.keySet()) {
            if (!target.has(key) && !patch.get(key).isJsonNull()) {
                put(into, key, new JsonObject(), patch.get(key), left);
            }
        }
    }

    private static void put(JsonObject into, String key, JsonElement old, JsonElement change, Deque<Runnable> left) {
        if (change instanceof JsonObject patch) {
            JsonObject inner = new JsonObject();
            into.add(key, inner);
            JsonObject target = old instanceof JsonObject object ? object : new JsonObject();
            left.push(() -> merge(inner, target, patch, left));
        } else {
            copy(change, copy -> into.add(key, copy), left);
        }
    }

    private static void copy(JsonElement value, Consumer<JsonElement> into, Deque<Runnable> left) {
        if (value instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            into.accept(copy);
            left.push(() -> object.entrySet().forEach(e -> copy(e.getValue(), c -> copy.add(e.getKey(), c), left)));
        } else if (value instanceof JsonArray list) {
            JsonArray copy = new JsonArray();
            into.accept(copy);
            left.push(() -> list.forEach(item -> copy(item, copy::add, left)));
        } else {
            into.accept(value);
        }
    }

    private static void run(Deque<Runnable> left) {
        while (!left.isEmpty()) {
            left.pop().run();
        }
    }
}
