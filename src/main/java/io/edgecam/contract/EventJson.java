package io.edgecam.contract;

import com.google.gson.JsonObject;
import io.edgecam.event.Event;
import io.edgecam.picture.Identity;
import io.edgecam.picture.Trigger;

/** An event in JSON: the body of a telemetry message, and the same on the page. */
public final class EventJson {
    private EventJson() {}

    public static JsonObject of(Event event, Identity identity) {
        JsonObject json = new JsonObject();
        json.addProperty("id", event.id());
        json.addProperty("type", event.type().word());
        json.addProperty("time", Times.text(event.time()));
        json.addProperty("device", identity.device());
        json.addProperty("module", identity.module());
        event.camera().ifPresent(camera -> json.addProperty("camera", camera));
        event.trigger().map(Trigger::word).ifPresent(trigger -> json.addProperty("trigger", trigger));
        event.picture()
                .map(PictureJson::of)
                .ifPresent(picture -> picture.asMap().forEach(json::add));
        event.details().forEach((name, value) -> json.add(name, Values.json(value)));
        return json;
    }
}
