package io.edgecam.contract;

import com.google.gson.JsonObject;
import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.storage.SpoolStatus;
import io.edgecam.storage.StorageStatus;
import java.util.Map;

/** How the machines are, in JSON; the same in the twin, in getStatus and on the page. */
public final class StatusJson {
    private StatusJson() {}

    /** By camera: state, since, size and what is wrong. */
    public static JsonObject cameras(Map<String, Camera> cameras) {
        JsonObject json = new JsonObject();
        cameras.forEach((name, camera) -> json.add(name, camera(camera.status())));
        return json;
    }

    /** As {@link #cameras}, with what always changes and is therefore not worth a report: damagedFrames. */
    public static JsonObject camerasInFull(Map<String, Camera> cameras) {
        JsonObject json = new JsonObject();
        cameras.forEach((name, camera) -> {
            CameraStatus status = camera.status();
            JsonObject one = camera(status);
            one.addProperty("damagedFrames", status.damaged());
            json.add(name, one);
        });
        return json;
    }

    public static JsonObject camera(CameraStatus status) {
        JsonObject json = new JsonObject();
        json.addProperty("state", status.state().word());
        json.addProperty("since", Times.text(status.since()));
        json.addProperty("width", status.width());
        json.addProperty("height", status.height());
        json.addProperty("error", status.error());
        return json;
    }

    public static JsonObject storage(StorageStatus status) {
        JsonObject json = new JsonObject();
        json.addProperty("state", status.state().word());
        json.addProperty("error", status.error());
        json.addProperty("since", Times.text(status.since()));
        return json;
    }

    public static JsonObject spool(SpoolStatus status) {
        JsonObject json = new JsonObject();
        json.addProperty("pictures", status.pictures());
        json.addProperty("bytes", status.bytes());
        json.add("oldest", Values.json(status.oldest().orElse(null)));
        json.addProperty("dropped", status.dropped());
        json.addProperty("kind", status.kind());
        return json;
    }
}
