package io.edgecam.localedge;

import com.google.gson.JsonParseException;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One MQTT connection of one identity, from the answer to its CONNECT to its end. Event loop only. */
final class Connection {
    private static final int MESSAGE_BYTES = 256 * 1024;

    /** The hub adds who sent a message, under two long names, before it counts. */
    private static final int SENDER_NAMES_BYTES =
            "iothub-connection-device-id".length() + "iothub-connection-module-id".length();

    private final World world;
    private final Peers peers;
    private final Peer peer;
    private final MqttEndpoint endpoint;
    private final Instant tokenExpiry;
    private final String modelId;
    private final AckQueue acks = new AckQueue();

    /** @param modelId of the Plug and Play model that was announced; empty for none */
    Connection(World world, Peers peers, Peer peer, MqttEndpoint endpoint, Instant tokenExpiry, String modelId) {
        this.world = world;
        this.peers = peers;
        this.peer = peer;
        this.endpoint = endpoint;
        this.tokenExpiry = tokenExpiry;
        this.modelId = modelId;
    }

    void accept() {
        boolean kept = !endpoint.isCleanSession() && peer.session().isKnown();
        if (endpoint.isCleanSession()) {
            peer.session().forget();
        }
        endpoint.publishAutoAck(false);
        endpoint.subscriptionAutoAck(false);
        endpoint.subscribeHandler(this::subscribed);
        endpoint.unsubscribeHandler(message -> {
            message.topics().forEach(peer.session()::remove);
            endpoint.unsubscribeAcknowledge(message.messageId());
            world.journal().note(peer.name() + " unsubscribed " + message.topics());
        });
        endpoint.publishHandler(this::published);
        endpoint.publishAcknowledgeHandler(this::acknowledged);
        endpoint.exceptionHandler(e -> world.journal().note(peer.name() + ": " + e.getMessage()));
        endpoint.closeHandler(gone -> closed());
        peer.connected(this);
        endpoint.accept(kept);
        world.journal()
                .note(peer.name() + " connected" + (kept ? ", its session is known" : "")
                        + (modelId.isEmpty() ? "" : ", its model is " + modelId));
        peer.listening();
    }

    String modelId() {
        return modelId;
    }

    int unacknowledged() {
        return acks.size();
    }

    boolean push(String topic, Buffer body, int wantedQos, Runnable acknowledged) {
        int granted = peer.session().qos(topic).orElse(-1);
        if (granted < 0 || !endpoint.isConnected()) {
            return false;
        }
        boolean atLeastOnce = Math.min(granted, wantedQos) > 0;
        int id = atLeastOnce ? acks.add(acknowledged) : acks.without();
        MqttQoS qos = atLeastOnce ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
        endpoint.publish(topic, body, qos, false, false, id)
                .onFailure(e -> world.journal().note(peer.name() + ": not sent, " + e.getMessage()));
        if (!atLeastOnce) {
            world.loop().vertx().runOnContext(sent -> acknowledged.run());
        }
        return true;
    }

    void close(String why) {
        world.journal().note("closing the connection of " + peer.name() + ": " + why);
        if (endpoint.isConnected()) {
            endpoint.close();
        }
        closed();
    }

    void closeWhenExpired(Instant now) {
        if (tokenExpiry.isBefore(now)) {
            close("its token expired at " + tokenExpiry);
        }
    }

    private void closed() {
        if (peer.connection() == this) {
            if (endpoint.isCleanSession()) {
                peer.session().forget();
            }
            peer.disconnected(this);
            world.journal().note(peer.name() + " is disconnected");
        }
    }

    private void subscribed(MqttSubscribeMessage message) {
        List<MqttQoS> granted = new ArrayList<>();
        message.topicSubscriptions().forEach(wish -> {
            int qos = Math.min(1, wish.qualityOfService().value());
            peer.session().add(wish.topicName(), qos);
            granted.add(MqttQoS.valueOf(qos));
        });
        endpoint.subscribeAcknowledge(message.messageId(), granted);
        if (world.faults().secondSuback()) {
            endpoint.subscribeAcknowledge(message.messageId(), granted);
            world.journal().note(peer.name() + " gets a second SUBACK, as asked");
        }
        message.topicSubscriptions()
                .forEach(wish -> world.journal().note(peer.name() + " subscribed " + wish.topicName()));
        peer.listening();
    }

    private void acknowledged(int id) {
        if (world.faults().loseAcknowledgement()) {
            world.journal().note(peer.name() + ": PUBACK #" + id + " is lost, as asked");
        } else if (!acks.acknowledge(id)) {
            world.journal().note(peer.name() + ": PUBACK #" + id + " does not count, the oldest is " + acks.oldest());
        }
    }

    private void published(MqttPublishMessage message) {
        String topic = message.topicName();
        if (message.qosLevel() == MqttQoS.EXACTLY_ONCE) {
            close("QoS 2 is not spoken here");
            return;
        }
        if (!isUnderstood(topic, message)) {
            close("nobody may publish to " + topic);
        } else if (message.qosLevel() == MqttQoS.AT_LEAST_ONCE && endpoint.isConnected()) {
            endpoint.publishAcknowledge(message.messageId());
        }
    }

    private boolean isUnderstood(String topic, MqttPublishMessage message) {
        if (topic.startsWith("$iothub/twin/GET/")) {
            answerTwin("200", topic, Buffer.buffer(peer.twin().properties().toString()));
        } else if (topic.startsWith("$iothub/twin/PATCH/properties/reported/")) {
            reported(topic, text(message));
        } else if (topic.startsWith("$iothub/methods/res/")) {
            return methodAnswered(topic, text(message));
        } else if (topic.startsWith(peer.identity().topics() + "messages/events")) {
            return telemetry(topic, message.payload().getBytes());
        } else {
            return false;
        }
        return true;
    }

    private void reported(String topic, String body) {
        Optional<String> wrong;
        try {
            wrong = peer.twin().report(Json.object(body));
        } catch (JsonParseException e) {
            wrong = Optional.of("not a JSON object");
        }
        world.journal()
                .note(peer.name() + " reported"
                        + wrong.map(what -> ", refused: " + what).orElse(""));
        if (wrong.isEmpty()) {
            peers.save();
        }
        boolean version = wrong.isEmpty() && world.settings().versionInReportedAnswer();
        String suffix = version ? "&$version=" + peer.twin().reportedVersion() : "";
        answerTwin(wrong.isEmpty() ? "204" : "400", topic + suffix, Buffer.buffer());
    }

    private void answerTwin(String status, String topic, Buffer body) {
        String query = topic.substring(topic.indexOf('?') + 1);
        if (world.faults().loseTwinAnswer()) {
            world.journal().note("a twin answer for " + peer.name() + " is lost, as asked");
        } else {
            String answer = "$iothub/twin/res/" + status + "/?" + withoutRequestVersion(query);
            push(answer, body, world.settings().pushQos(), () -> {});
        }
    }

    /** A reported patch may name the version it expects; the answer must not repeat that one. */
    private static String withoutRequestVersion(String query) {
        int first = query.indexOf("&$version=");
        int last = query.lastIndexOf("&$version=");
        return first == last ? query : query.substring(0, first) + query.substring(last);
    }

    private boolean methodAnswered(String topic, String body) {
        String[] parts = topic.split("/", 5);
        int id = topic.indexOf("$rid=");
        if (id < 0 || !parts[3].matches("-?[0-9]{1,9}")) {
            return false;
        }
        peer.methods().answered(topic.substring(id + 5), Integer.parseInt(parts[3]), body);
        return true;
    }

    private boolean telemetry(String topic, byte[] body) {
        String rest = topic.substring((peer.identity().topics() + "messages/events").length());
        PropertyBag bag;
        try {
            bag = PropertyBag.parse(rest.replaceAll("^/|/$", ""));
        } catch (IllegalArgumentException wrongEncoding) {
            return false;
        }
        int sender = SENDER_NAMES_BYTES + peer.identity().id().length();
        if (body.length + bag.size() + sender > MESSAGE_BYTES) {
            world.journal().note(peer.name() + ": a message over 256 KB is acknowledged and dropped");
        } else {
            peers.received(peer, bag, body);
        }
        return true;
    }

    private static String text(MqttPublishMessage message) {
        return message.payload().toString(StandardCharsets.UTF_8);
    }
}
