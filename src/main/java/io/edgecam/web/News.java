package io.edgecam.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.camera.Camera;
import io.edgecam.camera.Cameras;
import io.edgecam.contract.StatusJson;
import java.util.List;
import java.util.Map;

/**
 * What a {@link LiveViewer} is told beside pictures and events, made once for all of them. Each has its own text, which is
 * another object only when there is something new to tell. Immutable.
 *
 * @param cameras names, in the order of names
 * @param status how each camera is
 * @param madeNanos when that text was made
 * @param pictures the last that were taken
 */
record News(List<String> cameras, Text status, long madeNanos, Text pictures) {
    /** So often the status is told though nothing changed, so that no proxy takes the connection for dead. */
    private static final long STILL_THERE_NANOS = 20_000_000_000L;

    News {
        cameras = List.copyOf(cameras);
    }

    static News of(Cameras cameras, Text pictures) {
        Map<String, Camera> all = cameras.all();
        return new News(List.copyOf(all.keySet()), status(all), System.nanoTime(), pictures);
    }

    /** How it is by now. */
    News next(Cameras cameras, Text lastPictures) {
        News now = of(cameras, lastPictures);
        boolean quiet = now.status.equals(status) && now.madeNanos - madeNanos < STILL_THERE_NANOS;
        return quiet ? new News(now.cameras, status, madeNanos, lastPictures) : now;
    }

    private static Text status(Map<String, Camera> cameras) {
        JsonObject status = StatusJson.camerasInFull(cameras);
        cameras.forEach((name, camera) -> status.getAsJsonObject(name)
                .addProperty("rate", Math.round(camera.status().rate() * 10) / 10.0));
        return Text.of("cameras_status", status);
    }

    /** One message; told once to each, so that another object is something new even if it reads the same. */
    record Text(String json) {
        static Text of(String name, JsonElement value) {
            JsonObject message = new JsonObject();
            message.add(name, value);
            return new Text(message.toString());
        }
    }
}
