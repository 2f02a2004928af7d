package io.edgecam.settings;

import com.google.gson.JsonObject;
import io.edgecam.json.Field;
import io.edgecam.settings.DeviceSettings.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What this version reads and checks but does not act on. Has no state, for any number of threads. */
final class NotYet {
    private static final String CAMERA = "cameras.*.";
    private static final List<String> OF_THE_MODULE = List.of("metrics");
    private static final List<String> OF_A_CAMERA = List.of("schedule", "motion");
    private static final Set<Kind> SOURCES = EnumSet.of(Kind.RTSP, Kind.FOLDER, Kind.EXEC);

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
        valid.settings().cameras().forEach((name, camera) -> {
            String path = "cameras." + name + ".";
            if (SOURCES.contains(camera.device().source().kind())) {
                paths.add(path + "source");
            }
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
