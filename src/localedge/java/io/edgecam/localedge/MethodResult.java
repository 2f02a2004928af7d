package io.edgecam.localedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * What came of a direct method; immutable. When the module itself did not answer, {@code answered} is false and the status
 * is the hub's: 404 nobody there, 504 no answer in time, 400 a call that the hub refuses.
 */
public record MethodResult(int status, JsonElement payload, boolean answered) {
    static MethodResult ofHub(int status, String message) {
        JsonObject payload = new JsonObject();
        payload.addProperty("message", message);
        return new MethodResult(status, payload, false);
    }

    /** The payload as an object; an exception when it is something else. */
    public JsonObject object() {
        return payload.getAsJsonObject();
    }
}
