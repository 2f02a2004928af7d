package io.edgecam.localedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The device itself, for clients that sign in without a module: what a module has but inputs, and cloud-to-device messages. Any thread. */
public final class LocalDevice {
    private final World world;
    private final LocalModule same;

    LocalDevice(World world, LocalModule same) {
        this.world = world;
        this.same = same;
    }

    public String id() {
        return same.id();
    }

    /** For a client that goes straight to IoT Hub, as devices do. */
    public String connectionString() {
        return same.hubConnectionString();
    }

    /** For a client that goes through the edge hub; it gets no cloud-to-device messages then. */
    public String gatewayConnectionString() {
        return same.connectionString();
    }

    public boolean isConnected() {
        return same.isConnected();
    }

    public void awaitConnected(Duration patience) {
        same.awaitConnected(patience);
    }

    public void awaitDisconnected(Duration patience) {
        same.awaitDisconnected(patience);
    }

    public void awaitConnects(int count, Duration patience) {
        same.awaitConnects(count, patience);
    }

    public void awaitMethods(Duration patience) {
        same.awaitMethods(patience);
    }

    public JsonObject twin() {
        return same.twin();
    }

    public JsonObject desired() {
        return same.desired();
    }

    public JsonObject reported() {
        return same.reported();
    }

    public JsonObject awaitReported(Predicate<JsonObject> condition, Duration patience) {
        return same.awaitReported(condition, patience);
    }

    public void patchDesired(JsonObject patch) {
        same.patchDesired(patch);
    }

    public void patchDesired(String patch) {
        same.patchDesired(patch);
    }

    public void replaceDesired(JsonObject document) {
        same.replaceDesired(document);
    }

    public MethodResult invoke(String method, @Nullable JsonElement payload, Duration timeout) {
        return same.invoke(method, payload, timeout);
    }

    public MethodResult invoke(String method, String payload, Duration timeout) {
        return same.invoke(method, payload, timeout);
    }

    public List<Telemetry> telemetry() {
        return same.telemetry();
    }

    public Telemetry awaitTelemetry(Predicate<Telemetry> condition, Duration patience) {
        return same.awaitTelemetry(condition, patience);
    }

    public Input sendCloudToDevice(String body) {
        return sendCloudToDevice(body, Map.of());
    }

    /** Waits for the device when it is not there, as IoT Hub does. */
    public Input sendCloudToDevice(String body, Map<String, String> properties) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> own = Map.copyOf(properties);
        return world.loop()
                .ask(() ->
                        same.peer().sendCloudToDevice(bytes, UUID.randomUUID().toString(), own));
    }
}
