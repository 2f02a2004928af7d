package io.edgecam.localedge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.messages.MqttConnAckMessage;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The edge hub's rules as they show on the wire, to a bare MQTT client. */
@Timeout(120)
class EdgeHubWireTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<MqttPublishMessage> received = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private LocalEdge edge;
    private LocalModule camera;

    @BeforeEach
    void start() {
        edge = LocalEdge.builder()
                .deviceId("d")
                .acknowledgeTimeout(Duration.ofMillis(400))
                .reauthenticateEvery(Duration.ofMillis(200))
                .start();
        camera = edge.module("m");
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        edge.close();
    }

    @Test
    void refusesAWrongKeyAWrongAudienceAndAnotherHub() {
        String mine = password(3600);
        assertThatThrownBy(() -> connect("d/m", user("d/m"), Sas.token(hub("d", "m"), "p", new byte[32], in(60))))
                .hasMessageContaining("NOT_AUTHORIZED");
        assertThatThrownBy(() -> connect("d/x", user("d/x"), mine)).hasMessageContaining("NOT_AUTHORIZED");
        assertThatThrownBy(() -> connect("d/m", "other.azure-devices.net/d/m/?api-version=1", mine))
                .hasMessageContaining("NOT_AUTHORIZED");
        assertThatThrownBy(() -> connect("d/m", user("d/m"), password(-1))).hasMessageContaining("NOT_AUTHORIZED");
    }

    @Test
    void closesAClientIdThatIsNotTheIdentity() {
        assertThatThrownBy(() -> connect("d/other", user("d/m"), password(3600)))
                .isInstanceOf(Exception.class);
        assertThat(camera.isConnected()).isFalse();
    }

    @Test
    void keepsTheModelThatTheNewestConnectionAnnounces() throws Exception {
        connect();
        assertThat(camera.modelId()).isEmpty();

        connect("d/m", user("d/m") + "&model-id=dtmi%3Acom%3Aexample%3AThing%3B1", password(3600));
        assertThat(camera.modelId()).isEqualTo("dtmi:com:example:Thing;1");
        assertThat(edge.journal()).anyMatch(line -> line.contains("its model is dtmi:com:example:Thing;1"));
    }

    @Test
    void endsTheFirstConnectionWhenASecondComes() throws Exception {
        connect();
        connect();

        assertThat(closed.await(60, SECONDS)).isTrue();
        assertThat(camera.connects()).isEqualTo(2);
        assertThat(camera.isConnected()).isTrue();
    }

    @Test
    void endsAConnectionWhoseTokenHasExpired() throws Exception {
        connect("d/m", user("d/m"), password(5));

        assertThat(closed.await(60, SECONDS)).isTrue();
    }

    @Test
    void knowsASessionAgainUnlessItIsToBeClean() throws Exception {
        MqttClient first = connect();
        subscribe(first, "devices/d/modules/m/inputs/#");
        await(first.disconnect());
        camera.awaitDisconnected(LONG);

        MqttConnAckMessage answer = await(client(false).connect(edge.edgeHubPort(), "localhost"));
        assertThat(answer.isSessionPresent()).isTrue();
        MqttConnAckMessage clean = await(client(true).connect(edge.edgeHubPort(), "localhost"));
        assertThat(clean.isSessionPresent()).isFalse();
        assertThat(camera.subscriptions()).isEmpty();
    }

    @Test
    void deliversOneInputAtATimeInOrderAndAgainWhenNobodyAcknowledges() throws Exception {
        MqttClient client = connectWithoutAcknowledging();
        subscribe(client, "devices/d/modules/m/inputs/#");
        camera.sendInput("in", "first");
        camera.sendInput("in", "second");

        assertThat(next().payload().toString()).isEqualTo("first");
        assertThat(next().payload().toString()).isEqualTo("first");
        assertThat(received).isEmpty();
    }

    @Test
    void countsOnlyTheAcknowledgementOfTheOldestPacket() throws Exception {
        MqttClient client = connectWithoutAcknowledging();
        subscribe(client, "$iothub/twin/PATCH/properties/desired/#");
        subscribe(client, "devices/d/modules/m/inputs/#");
        camera.patchDesired("{\"a\": 1}");
        MqttPublishMessage patch = next();
        Input input = camera.sendInput("in", "x");
        next().ack();
        edge.awaitJournal(line -> line.contains("does not count, the oldest is #" + patch.messageId()), LONG);
        assertThat(input.acknowledged()).isFalse();

        patch.ack();
        next().ack();
        edge.awaitJournal(line -> line.contains("does not count"), LONG);
    }

    @Test
    void writesApplicationPropertiesBeforeTheSystemsOwn() throws Exception {
        MqttClient client = connect();
        subscribe(client, "devices/d/modules/m/inputs/#");
        camera.sendInput("in", "x", Map.of("a b", "c&d"));

        assertThat(next().topicName()).isEqualTo("devices/d/modules/m/inputs/in/a%20b=c%26d&%24.cdid=d");
    }

    @Test
    void sendsWithTheLowerOfBothQualities() throws Exception {
        MqttClient client = connect();
        await(client.subscribe("$iothub/twin/res/#", 0));
        await(client.publish("$iothub/twin/GET/?$rid=1", Buffer.buffer(), MqttQoS.AT_LEAST_ONCE, false, false));

        MqttPublishMessage answer = next();
        assertThat(answer.topicName()).isEqualTo("$iothub/twin/res/200/?$rid=1");
        assertThat(answer.qosLevel()).isEqualTo(MqttQoS.AT_MOST_ONCE);
    }

    @Test
    void answersAReportWithoutAVersion() throws Exception {
        MqttClient client = connect();
        subscribe(client, "$iothub/twin/res/#");
        publish(client, "$iothub/twin/PATCH/properties/reported/?$rid=7", "{\"a\":1}");
        assertThat(next().topicName()).isEqualTo("$iothub/twin/res/204/?$rid=7");

        publish(client, "$iothub/twin/PATCH/properties/reported/?$rid=8", "{\"a\":[null]}");
        assertThat(next().topicName()).isEqualTo("$iothub/twin/res/400/?$rid=8");
        publish(client, "$iothub/twin/PATCH/properties/reported/?$rid=9", "not json");
        assertThat(next().topicName()).isEqualTo("$iothub/twin/res/400/?$rid=9");
    }

    @Test
    void dropsAMessageOver256KilobytesAndClosesOverTheFrameLimit() throws Exception {
        MqttClient client = connect();
        String topic = "devices/d/modules/m/messages/events/";
        publish(client, topic, "x".repeat(262_100));
        publish(client, topic, "small");
        assertThat(camera.awaitTelemetry(message -> true, LONG).text()).isEqualTo("small");

        client.publish(topic, Buffer.buffer("x".repeat(262_144)), MqttQoS.AT_LEAST_ONCE, false, false)
                .onFailure(e -> received.clear());
        assertThat(closed.await(60, SECONDS)).isTrue();
        assertThat(camera.telemetry()).hasSize(1);
    }

    @Test
    void closesWhoPublishesToAnotherModule() throws Exception {
        MqttClient client = connect();
        client.publish("devices/d/modules/x/messages/events/", Buffer.buffer("x"), MqttQoS.AT_LEAST_ONCE, false, false)
                .onFailure(e -> closed.countDown());

        assertThat(closed.await(60, SECONDS)).isTrue();
    }

    private MqttPublishMessage next() throws InterruptedException {
        MqttPublishMessage message = received.poll(60, SECONDS);
        assertThat(message).isNotNull();
        return message;
    }

    private MqttClient connect() throws Exception {
        return connect("d/m", user("d/m"), password(3600));
    }

    private MqttClient connect(String clientId, String user, String password) throws Exception {
        return opened(options(clientId, user, password));
    }

    private MqttClient connectWithoutAcknowledging() throws Exception {
        return opened(options("d/m", user("d/m"), password(3600)).setAutoAck(false));
    }

    private MqttClient opened(MqttClientOptions options) throws Exception {
        MqttClient client = MqttClient.create(vertx, options);
        client.publishHandler(received::add);
        client.closeHandler(gone -> closed.countDown());
        await(client.connect(edge.edgeHubPort(), "localhost"));
        return client;
    }

    private MqttClient client(boolean clean) {
        return MqttClient.create(
                vertx, options("d/m", user("d/m"), password(3600)).setCleanSession(clean));
    }

    private MqttClientOptions options(String clientId, String user, String password) {
        MqttClientOptions options = new MqttClientOptions();
        options.setSsl(true)
                .setClientId(clientId)
                .setUsername(user)
                .setPassword(password)
                .setCleanSession(false)
                .setMaxMessageSize(300_000)
                .setTrustOptions(new PemTrustOptions().addCertPath(edge.caFile().toString()))
                .setHostnameVerificationAlgorithm("HTTPS");
        return options;
    }

    private String password(int seconds) {
        String key = camera.connectionString().replaceAll(".*SharedAccessKey=([^;]*).*", "$1");
        return Sas.token(hub("d", "m"), "", Base64.getDecoder().decode(key), in(seconds));
    }

    private String hub(String device, String module) {
        return edge.hubHost() + "/devices/" + device + "/modules/" + module;
    }

    private String user(String id) {
        return edge.hubHost() + "/" + id + "/?api-version=2020-09-30&DeviceClientType=test";
    }

    private static Instant in(int seconds) {
        return Instant.now().plusSeconds(seconds);
    }

    /** Returns when the hub has acknowledged it: the client's own future only says that it was sent. */
    private static void subscribe(MqttClient client, String topic) throws Exception {
        CountDownLatch acknowledged = new CountDownLatch(1);
        client.subscribeCompletionHandler(message -> acknowledged.countDown());
        await(client.subscribe(topic, 1));
        assertThat(acknowledged.await(60, SECONDS)).isTrue();
    }

    private static void publish(MqttClient client, String topic, String body) throws Exception {
        await(client.publish(topic, Buffer.buffer(body), MqttQoS.AT_LEAST_ONCE, false, false));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, SECONDS);
    }
}
