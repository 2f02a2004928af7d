package io.edgecam.hub.iotedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.azure.sdk.iot.device.ConnectionStatusChangeContext;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.InternalClient;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import com.microsoft.azure.sdk.iot.device.twin.DirectMethod;
import com.microsoft.azure.sdk.iot.device.twin.DirectMethodPayload;
import com.microsoft.azure.sdk.iot.device.twin.DirectMethodResponse;
import com.microsoft.azure.sdk.iot.device.twin.Twin;
import com.microsoft.azure.sdk.iot.device.twin.TwinCollection;
import io.edgecam.contract.Answer;
import io.edgecam.hub.HubLink;
import io.edgecam.hub.IncomingMessage;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from opening a new client to its end. Opened and closed by the link's thread alone; what the SDK's
 * threads bring in is put into words and handed on, and nothing that goes wrong there reaches the SDK: it would answer
 * an exception with silence.
 */
final class Session implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final int PATIENCE_MILLIS = 10_000;
    static final int TWIN_PATIENCE_MILLIS = 5_000;
    static final int TWIN_TRIES = 3;
    /** For a handshake, a connection and three subscriptions over a slow line; the SDK has been seen to wait for ever. */
    static final int OPEN_PATIENCE_MILLIS = 30_000;

    private final InternalClient client;
    private final HubLink.Door door;
    private final BlockingQueue<Signal> signals;

    Session(InternalClient client, HubLink.Door door, BlockingQueue<Signal> signals) {
        this.client = client;
        this.door = door;
        this.signals = signals;
    }

    InternalClient client() {
        return client;
    }

    /**
     * Connects and asks for everything that is to come in. Nothing is taken from what an earlier session asked for.
     *
     * @return itself, connected
     */
    Session open() throws IotHubClientException, InterruptedException {
        client.setConnectionStatusChangeCallback(this::changed, null);
        listen();
        listenEarly();
        client.open(false);
        client.subscribeToDesiredProperties((patch, context) -> patched(patch), null, PATIENCE_MILLIS);
        client.subscribeToMethods((name, payload, context) -> called(name, payload), null, PATIENCE_MILLIS);
        return this;
    }

    /** The whole twin. The SDK loses an answer now and then, so it is asked again. */
    Twin twin() throws IotHubClientException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return client.getTwin(TWIN_PATIENCE_MILLIS);
            } catch (IotHubClientException e) {
                if (tries == TWIN_TRIES) {
                    throw e;
                }
                log.info("The twin did not come ({}), asking again", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }

    static JsonObject json(TwinCollection properties) {
        JsonObject json = properties.toJsonElement().getAsJsonObject();
        json.remove("$version");
        json.remove("$metadata");
        return json;
    }

    /** A default callback is always set: a message without one is never acknowledged and blocks all that follow. */
    private void listen() {
        if (client instanceof ModuleClient module) {
            module.setMessageCallback((message, context) -> came(message), null);
        } else if (client instanceof DeviceClient device) {
            device.setMessageCallback((message, context) -> came(message), null);
        }
    }

    /**
     * Where the hub has kept the session, methods and changes of the twin come with the connection, before the SDK lets us
     * subscribe. Without anybody to take it, the first would never be acknowledged, and block all that follow. A method is
     * carried out; a change is only taken note of, as the whole twin is pulled next.
     */
    private void listenEarly() {
        client.getConfig().setDeviceTwinMessageCallback((message, context) -> IotHubMessageResult.COMPLETE, null);
        DirectMethod early = new DirectMethod(client, (failure, context) -> {}, null);
        try {
            early.subscribeToDirectMethods((name, payload, context) -> called(name, payload), null);
        } catch (IllegalStateException notOpenYet) {
            log.debug("Listening to methods, subscribing to them comes later");
        }
    }

    private void changed(ConnectionStatusChangeContext change) {
        if (change.getNewStatus() == IotHubConnectionStatus.DISCONNECTED) {
            Throwable cause = change.getCause();
            signals.add(new Signal.Lost(change.getNewStatusReason() + (cause == null ? "" : ", " + Reasons.of(cause))));
        }
    }

    @SuppressWarnings("CatchingUnchecked")
    private void patched(Twin patch) {
        try {
            TwinCollection desired = patch.getDesiredProperties();
            Integer version = desired.getVersion();
            signals.add(new Signal.Patch(json(desired), version == null ? -1 : version));
        } catch (RuntimeException e) {
            log.error("A change of the twin could not be read", e);
            signals.add(new Signal.Patch(new JsonObject(), -1));
        }
    }

    private DirectMethodResponse called(String name, DirectMethodPayload payload) {
        JsonElement request = payload.getPayloadAsJsonElement();
        Answer answer = door.method(name, Objects.requireNonNullElseGet(request, JsonObject::new));
        return new DirectMethodResponse(answer.status(), answer.body());
    }

    private IotHubMessageResult came(Message message) {
        try {
            door.message(new IncomingMessage(
                    Objects.requireNonNullElse(message.getInputName(), ""),
                    Objects.requireNonNullElse(message.getMessageId(), ""),
                    Messages.created(message),
                    new String(message.getBytes(), StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            log.error("A message could not be taken", e);
        }
        return IotHubMessageResult.COMPLETE;
    }
}
