package io.edgecam.localedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The document of one identity: desired and reported properties with their versions, and tags. Event loop only. */
final class Twin {
    private static final String VERSION = "$version";

    private JsonObject desired = new JsonObject();
    private JsonObject reported = new JsonObject();
    private JsonObject tags = new JsonObject();
    private long desiredVersion = 1;
    private long reportedVersion = 1;
    private long version = 1;

    /** Merges a patch (null removes) and answers what the module is to be told. */
    JsonObject patchDesired(JsonObject patch) {
        JsonObject clean = withoutMarks(patch);
        merge(desired, clean);
        desiredVersion++;
        version++;
        clean.addProperty(VERSION, desiredVersion);
        return clean;
    }

    /** Puts a new document in place of the old one; what is gone reaches the module as null. */
    JsonObject replaceDesired(JsonObject whole) {
        JsonObject fresh = new JsonObject();
        merge(fresh, withoutMarks(whole));
        JsonObject patch = difference(desired, fresh);
        desired = fresh;
        desiredVersion++;
        version++;
        patch.addProperty(VERSION, desiredVersion);
        return patch;
    }

    /** Merges what the module reports; an answer says why it is refused. */
    Optional<String> report(JsonObject patch) {
        JsonObject clean = withoutMarks(patch);
        JsonObject after = reported.deepCopy();
        merge(after, clean);
        Optional<String> wrong = TwinRules.check(clean).or(() -> TwinRules.checkSize(after));
        if (wrong.isEmpty()) {
            reported = after;
            reportedVersion++;
            version++;
        }
        return wrong;
    }

    void patchTags(JsonObject patch) {
        merge(tags, patch);
        version++;
    }

    JsonObject desired() {
        return desired.deepCopy();
    }

    JsonObject reported() {
        return reported.deepCopy();
    }

    JsonObject tags() {
        return tags.deepCopy();
    }

    long reportedVersion() {
        return reportedVersion;
    }

    long version() {
        return version;
    }

    String etag() {
        return Base64.getEncoder().encodeToString(Long.toString(version).getBytes(StandardCharsets.US_ASCII));
    }

    /** Both halves with their versions, as modules and services read them. */
    JsonObject properties() {
        JsonObject both = new JsonObject();
        both.add("desired", marked(desired, desiredVersion));
        both.add("reported", marked(reported, reportedVersion));
        return both;
    }

    JsonObject saved() {
        JsonObject all = properties();
        all.add("tags", tags());
        all.addProperty("version", version);
        return all;
    }

    void restore(JsonObject saved) {
        desired = withoutMarks(Json.child(saved, "desired"));
        reported = withoutMarks(Json.child(saved, "reported"));
        tags = Json.child(saved, "tags");
        desiredVersion = Json.child(saved, "desired").get(VERSION).getAsLong();
        reportedVersion = Json.child(saved, "reported").get(VERSION).getAsLong();
        version = saved.get("version").getAsLong();
    }

    private static JsonObject marked(JsonObject half, long version) {
        JsonObject copy = half.deepCopy();
        copy.addProperty(VERSION, version);
        return copy;
    }

    private static JsonObject withoutMarks(JsonObject object) {
        JsonObject copy = object.deepCopy();
        copy.remove(VERSION);
        copy.remove("$metadata");
        return copy;
    }

    private static void merge(JsonObject target, JsonObject patch) {
        for (Map.Entry<String, JsonElement> entry : patch.entrySet()) {
            JsonElement value = entry.getValue();
            if (value.isJsonNull()) {
                target.remove(entry.getKey());
            } else if (value.isJsonObject()) {
                JsonObject below = Json.child(target, entry.getKey());
                merge(below, value.getAsJsonObject());
                target.add(entry.getKey(), below);
            } else {
                target.add(entry.getKey(), value.deepCopy());
            }
        }
    }

    private static JsonObject difference(JsonObject before, JsonObject after) {
        JsonObject patch = after.deepCopy();
        for (Map.Entry<String, JsonElement> entry : before.entrySet()) {
            JsonElement now = after.get(entry.getKey());
            if (now == null) {
                patch.add(entry.getKey(), JsonNull.INSTANCE);
            } else if (now.isJsonObject() && entry.getValue().isJsonObject()) {
                patch.add(entry.getKey(), difference(entry.getValue().getAsJsonObject(), now.getAsJsonObject()));
            }
        }
        return patch;
    }
}
