package io.edgecam.localedge.demo;

import com.google.gson.JsonObject;
import java.nio.file.Path;

/** The module twin that the demo begins with. */
final class Twins {
    private Twins() {}

    /** Two cameras, the store, and a spool and a page that do not get in the way of others on this machine. */
    static JsonObject first(Store store, String camera, int port, Path spool) {
        JsonObject front = new JsonObject();
        front.addProperty("source", camera);
        front.add("stamp", text("title", "front"));
        JsonObject yard = new JsonObject();
        yard.addProperty("source", "test:");
        yard.addProperty("width", 640);
        yard.addProperty("height", 480);
        yard.addProperty("framerate", 10);
        JsonObject cameras = new JsonObject();
        cameras.add("front", front);
        cameras.add("yard", yard);
        JsonObject web = new JsonObject();
        web.addProperty("port", port);
        JsonObject desired = new JsonObject();
        desired.add("storage", store.settings());
        desired.add("cameras", cameras);
        desired.add("spool", text("folder", spool.toString()));
        desired.add("web", web);
        return desired;
    }

    static int port(JsonObject desired) {
        return desired.getAsJsonObject("web").get("port").getAsInt();
    }

    private static JsonObject text(String key, String value) {
        JsonObject json = new JsonObject();
        json.addProperty(key, value);
        return json;
    }
}
