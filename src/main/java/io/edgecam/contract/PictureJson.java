package io.edgecam.contract;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgecam.picture.Picture;
import io.edgecam.picture.Timings;
import java.time.Duration;
import java.util.List;

/** A picture in JSON, the same in answers, telemetry and on the page. */
public final class PictureJson {
    private PictureJson() {}

    public static JsonObject of(Picture picture) {
        JsonObject json = new JsonObject();
        json.addProperty("id", picture.id());
        json.addProperty("camera", picture.camera());
        json.addProperty("capturedAt", Times.text(picture.capturedAt()));
        json.addProperty("state", picture.state().word());
        json.addProperty("container", picture.container());
        json.addProperty("blobName", picture.blobName());
        json.addProperty("url", picture.url());
        json.addProperty("contentType", Picture.CONTENT_TYPE);
        json.addProperty("bytes", picture.bytes());
        json.addProperty("width", picture.width());
        json.addProperty("height", picture.height());
        json.addProperty("sha256", picture.sha256());
        json.addProperty("trigger", picture.trigger().word());
        picture.label().ifPresent(label -> json.addProperty("label", label));
        json.addProperty("frameAgeMs", picture.frameAge().toMillis());
        json.add("timingsMs", timings(picture.timings()));
        return json;
    }

    public static JsonArray of(List<Picture> pictures) {
        JsonArray list = new JsonArray();
        pictures.forEach(picture -> list.add(of(picture)));
        return list;
    }

    private static JsonObject timings(Timings timings) {
        JsonObject json = new JsonObject();
        json.addProperty("frame", millis(timings.frame()));
        json.addProperty("develop", millis(timings.develop()));
        json.addProperty("spool", millis(timings.spool()));
        json.addProperty("upload", millis(timings.upload()));
        json.addProperty("total", millis(timings.total()));
        return json;
    }

    /** Milliseconds to the tenth. */
    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 100_000.0) / 10.0;
    }
}
