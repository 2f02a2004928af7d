package io.edgecam.settings;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgecam.json.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes credentials of the blob service from the environment where the document leaves them out. For one thread.
 *
 * <p>They are put into the document before it is read, so that one set of rules holds for both.
 */
final class BlobFallback {
    private static final JsonPrimitive EMPTY = new JsonPrimitive("");
    private static final List<String> WAYS =
            List.of("connectionString", "accountName", "accountKey", "sasUrl", "endpoint", "folder");

    private final Map<String, String> environment;

    /** Keys that were filled in, with the variable each came from. */
    private final Map<String, String> filled = new TreeMap<>();

    BlobFallback(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A copy of the document with its credentials completed; empty texts count as left out. */
    JsonObject complete(JsonObject document) {
        JsonObject copy = document.deepCopy();
        if (!copy.has("storage") || copy.get("storage").isJsonNull()) {
            copy.add("storage", new JsonObject());
        }
        if (!(copy.get("storage") instanceof JsonObject storage)) {
            return copy;
        }
        for (String key : WAYS) {
            JsonElement value = storage.get(key);
            if (value != null && (value.isJsonNull() || value.equals(EMPTY))) {
                storage.remove(key);
            }
        }
        fill(storage);
        return copy;
    }

    /** The problems, with the variable named in those that are about a value from the environment. */
    List<Problem> named(List<Problem> problems) {
        List<Problem> named = new ArrayList<>();
        for (Problem problem : problems) {
            String variable = filled.get(problem.path());
            named.add(
                    variable == null
                            ? problem
                            : new Problem(
                                    problem.path(), "(from the environment, " + variable + ") " + problem.problem()));
        }
        return named;
    }

    private void fill(JsonObject storage) {
        if (storage.has("connectionString") || storage.has("sasUrl") || storage.has("folder")) {
            return;
        }
        if (WAYS.stream().noneMatch(storage::has)
                && !variable("BLOB_CONNECTION_STRING").isEmpty()) {
            put(storage, "connectionString", "BLOB_CONNECTION_STRING");
            return;
        }
        String owner = variable("BLOB_ACCOUNT_NAME");
        if (!storage.has("accountName")) {
            put(storage, "accountName", "BLOB_ACCOUNT_NAME");
        }
        boolean fits = owner.isEmpty() || new JsonPrimitive(owner).equals(storage.get("accountName"));
        if (!storage.has("accountKey") && fits) {
            put(storage, "accountKey", "BLOB_ACCOUNT_KEY");
        }
    }

    private void put(JsonObject storage, String key, String variable) {
        if (!variable(variable).isEmpty()) {
            storage.addProperty(key, variable(variable));
            filled.put("storage." + key, variable);
        }
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "").trim();
    }
}
