package io.edgecam.settings;

import com.google.gson.JsonObject;
import io.edgecam.json.Field;
import java.util.ArrayList;
import java.util.List;

/** What this version reads and checks but does not act on. Has no state, for any number of threads. */
final class NotYet {
    private static final String CAMERA = "cameras.*.";
    private static final List<String> OF_THE_MODULE = List.of();
    private static final List<String> OF_A_CAMERA = List.of("schedule", "motion");

    private NotYet() {}

    /** Marks the rows of the table. */
    static Field marked(Field field) {
        boolean later = OF_THE_MODULE.stream().anyMatch(key -> isAt(field.path(), key))
                || OF_A_CAMERA.stream().anyMatch(key -> isAt(field.path(), CAMERA + key));
        return later ? new Field(field.path(), field.kind(), field.standard(), field.meaning() + " ¹") : field;
    }

    /** Paths whose values in force differ from their defaults to no effect. */
    static List<String> among(Parsed.Valid valid, JsonObject defaults) {
        List<String> paths = new ArrayList<>();
        JsonObject usual = defaults.getAsJsonObject("cameras").getAsJsonObject("*");
        JsonObject cameras = valid.inForce().getAsJsonObject("cameras");
        valid.settings().cameras().keySet().forEach(name -> {
            String path = "cameras." + name + ".";
            differing(cameras.getAsJsonObject(name), usual, OF_A_CAMERA).forEach(key -> paths.add(path + key));
        });
        paths.addAll(differing(valid.inForce(), defaults, OF_THE_MODULE));
        return List.copyOf(paths);
    }

    private static List<String> differing(JsonObject values, JsonObject usual, List<String> keys) {
        return keys.stream()
                .filter(key -> !values.get(key).equals(usual.get(key)))
                .toList();
    }

    private static boolean isAt(String path, String key) {
        return path.equals(key) || path.startsWith(key + ".");
    }
}
