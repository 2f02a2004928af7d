package io.edgecam.localedge;

import com.google.gson.JsonObject;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is known of one identity, connected or not. Event loop only. */
final class Peer {
    private static final String DESIRED = "$iothub/twin/PATCH/properties/desired/";
    private static final int MESSAGES_KEPT = 10_000;

    private final World world;
    private final Identity identity;
    private final Session session = new Session();
    private final Twin twin = new Twin();
    private final Inputs inputs;
    private final MethodCalls methods;
    private final Deque<Telemetry> telemetry = new ArrayDeque<>();
    private @Nullable Connection connection;
    private int connects;
    private String modelId = "";

    Peer(World world, Identity identity) {
        this.world = world;
        this.identity = identity;
        this.inputs = new Inputs(world, this);
        this.methods = new MethodCalls(world, this);
    }

    Identity identity() {
        return identity;
    }

    String name() {
        return identity.name();
    }

    Session session() {
        return session;
    }

    Twin twin() {
        return twin;
    }

    MethodCalls methods() {
        return methods;
    }

    int connects() {
        return connects;
    }

    /** The Plug and Play model that it announced with its newest connection; empty for none. */
    String modelId() {
        return modelId;
    }

    boolean isConnected() {
        return connection != null;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    boolean isReachable(String topic) {
        return connection != null && session.qos(topic).isPresent();
    }

    int waitingInputs() {
        return inputs.size();
    }

    List<Telemetry> telemetry() {
        return List.copyOf(telemetry);
    }

    void clearTelemetry() {
        telemetry.clear();
    }

    void received(Telemetry message) {
        if (telemetry.size() == MESSAGES_KEPT) {
            telemetry.removeFirst();
        }
        telemetry.add(message);
        world.journal()
                .note(name() + " sent " + message.bytes().length + " bytes"
                        + (message.output().isEmpty() ? "" : " to output " + message.output()));
    }

    void connected(Connection fresh) {
        Connection old = connection;
        connection = fresh;
        connects++;
        modelId = fresh.modelId();
        if (old != null) {
            inputs.connectionClosed();
            old.close("a second connection of " + identity.id() + " came");
        }
    }

    void disconnected(Connection gone) {
        if (connection == gone) {
            connection = null;
            inputs.connectionClosed();
        }
    }

    /** The module may be able to take something now: it connected with a session, or it subscribed. */
    void listening() {
        methods.listening();
        inputs.next();
    }

    void drop(String why) {
        if (connection != null) {
            connection.close(why);
        }
    }

    boolean push(String topic, Buffer body, int qos, Runnable acknowledged) {
        return connection != null && connection.push(topic, body, qos, acknowledged);
    }

    void patchDesired(JsonObject patch) {
        tellDesired(twin.patchDesired(patch));
    }

    void replaceDesired(JsonObject whole) {
        tellDesired(twin.replaceDesired(whole));
    }

    /** A module that is not there at this moment is not told later: it has to read its twin. */
    private void tellDesired(JsonObject patch) {
        long version = patch.get("$version").getAsLong();
        boolean told = push(
                DESIRED + "?$version=" + version,
                Buffer.buffer(patch.toString()),
                world.settings().pushQos(),
                () -> {});
        world.journal()
                .note("desired properties of " + name() + " are at version " + version
                        + (told ? "" : ", not delivered"));
    }

    Input sendInput(String input, byte[] body, PropertyBag properties) {
        return sendRawInput(input, body, properties.applicationFirst());
    }

    void expireInputs() {
        inputs.expire();
    }

    Input sendRawInput(String input, byte[] body, String properties) {
        return send("inputs/" + input + "/" + properties, body);
    }

    Input sendCloudToDevice(byte[] body, String messageId, Map<String, String> properties) {
        PropertyBag bag = new PropertyBag(Map.of(), properties)
                .withSystem("$.mid", messageId)
                .withSystem("$.to", "/" + identity.topics() + "messages/devicebound");
        return send("messages/devicebound/" + bag.systemFirst(), body);
    }

    private Input send(String topic, byte[] body) {
        Input message = new Input(world.loop(), identity.topics() + topic, body.clone());
        inputs.add(message);
        return message;
    }
}
