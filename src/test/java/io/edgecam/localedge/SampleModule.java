package io.edgecam.localedge;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.InternalClient;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import com.microsoft.azure.sdk.iot.device.twin.DirectMethodPayload;
import com.microsoft.azure.sdk.iot.device.twin.DirectMethodResponse;
import com.microsoft.azure.sdk.iot.device.twin.ReportedPropertiesUpdateResponse;
import com.microsoft.azure.sdk.iot.device.twin.Twin;
import com.microsoft.azure.sdk.iot.device.twin.TwinCollection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A small module or device on Microsoft's Java SDK as it is: echoes methods, keeps what it is told. */
final class SampleModule implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 4000;

    final BlockingQueue<Twin> desired = new LinkedBlockingQueue<>();
    final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<IotHubConnectionStatus> statuses = new LinkedBlockingQueue<>();
    final CountDownLatch quiet = new CountDownLatch(1);
    private final InternalClient client;
    volatile boolean throwing;

    private SampleModule(InternalClient client) {
        this.client = client;
        client.setConnectionStatusChangeCallback(change -> statuses.add(change.getNewStatus()), null);
    }

    static SampleModule module(LocalEdge edge, LocalModule module) {
        return module(edge, module.connectionString());
    }

    static SampleModule module(LocalEdge edge, String connectionString) {
        ModuleClient client = new ModuleClient(connectionString, IotHubClientProtocol.MQTT, options(edge));
        SampleModule sample = new SampleModule(client);
        client.setMessageCallback((message, context) -> sample.took(message), null);
        client.setMessageCallback("orders", (message, context) -> sample.took(message), null);
        return sample;
    }

    static SampleModule device(LocalEdge edge) {
        DeviceClient client =
                new DeviceClient(edge.device().connectionString(), IotHubClientProtocol.MQTT, options(edge));
        SampleModule sample = new SampleModule(client);
        client.setMessageCallback((message, context) -> sample.took(message), null);
        return sample;
    }

    private static ClientOptions options(LocalEdge edge) {
        return ClientOptions.builder()
                .sslContext(edge.sslContext())
                .logRoutineDisconnectsAsErrors(false)
                .build();
    }

    SampleModule open() throws Exception {
        client.open(false);
        return this;
    }

    /** Opens and listens to methods and desired properties. */
    SampleModule ready() throws Exception {
        open();
        client.subscribeToMethods((name, payload, context) -> answer(name, payload), null);
        client.subscribeToDesiredProperties((twin, context) -> desired.add(twin), null);
        return this;
    }

    /** Subscribes to methods and does not wait for the answer. */
    void listenLater() {
        client.subscribeToMethodsAsync(
                (name, payload, context) -> answer(name, payload), null, (e, context) -> {}, null);
    }

    Twin twin() throws Exception {
        return patiently(() -> client.getTwin(PATIENCE_MILLIS));
    }

    /** The SDK loses an answer now and then, so it is asked again. */
    private static <T> T patiently(Callable<T> question) throws Exception {
        for (int i = 0; ; i++) {
            try {
                return question.call();
            } catch (IotHubClientException e) {
                if (i == 2 || e.getStatusCode() == IotHubStatusCode.BAD_FORMAT) {
                    throw e;
                }
            }
        }
    }

    Twin twinWithin(int millis) throws Exception {
        return client.getTwin(millis);
    }

    ReportedPropertiesUpdateResponse report(String key, Object value) throws Exception {
        TwinCollection patch = new TwinCollection();
        patch.put(key, value);
        return patiently(() -> client.updateReportedProperties(patch, PATIENCE_MILLIS));
    }

    void send(String body, String output) throws Exception {
        Message message = new Message(body.getBytes(StandardCharsets.UTF_8));
        message.setContentType("application/json");
        message.setContentEncoding("utf-8");
        message.setMessageId("m-1");
        message.setProperty("kind", "hello world");
        if (client instanceof ModuleClient module) {
            module.sendEvent(message, output);
        } else {
            client.sendEvent(message);
        }
    }

    @Override
    public void close() {
        quiet.countDown();
        client.close();
    }

    private IotHubMessageResult took(Message message) {
        boolean thrown = throwing; // before the test hears of the message and takes it back
        messages.add(message);
        if (thrown) {
            throw new IllegalStateException("a callback that throws");
        }
        return IotHubMessageResult.COMPLETE;
    }

    private DirectMethodResponse answer(String name, DirectMethodPayload payload) {
        if (name.equals("silent")) {
            try {
                quiet.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        JsonObject answer = new JsonObject();
        answer.add("echo", payload.getPayloadAsJsonElement());
        answer.add("method", new JsonPrimitive(name));
        return new DirectMethodResponse(name.equals("bad") ? 400 : 200, answer);
    }
}
