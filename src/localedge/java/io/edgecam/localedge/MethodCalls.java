package io.edgecam.localedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The direct methods of one identity. Nobody connected and subscribed within the connect time-out: 404; no answer within
 * the response time-out: 504; a late answer is ignored. Event loop only.
 */
final class MethodCalls {
    static final String FILTER = "$iothub/methods/POST/#";
    private static final int PAYLOAD_BYTES = 128 * 1024;
    private static final int NAME_CHARACTERS = 100;

    private final World world;
    private final Peer peer;
    private final List<Call> waiting = new ArrayList<>();
    private final Map<String, Call> sent = new HashMap<>();

    MethodCalls(World world, Peer peer) {
        this.world = world;
        this.peer = peer;
    }

    CompletableFuture<MethodResult> invoke(
            String name, @Nullable JsonElement payload, Duration connectTimeout, Duration responseTimeout) {
        String text = payload == null ? "" : payload.toString();
        if (name.isEmpty() || name.length() > NAME_CHARACTERS) {
            return refused("a method's name has 1 to " + NAME_CHARACTERS + " characters");
        }
        if (bytes(text) > PAYLOAD_BYTES) {
            return refused("the payload has " + bytes(text) + " bytes, more than " + PAYLOAD_BYTES);
        }
        Call call = new Call(name, text, UUID.randomUUID().toString(), responseTimeout, new CompletableFuture<>());
        if (peer.isReachable(topic(call))) {
            send(call);
        } else if (connectTimeout.isZero()) {
            nobody(call);
        } else {
            waiting.add(call);
            world.loop().after(connectTimeout, () -> {
                if (waiting.remove(call)) {
                    nobody(call);
                }
            });
        }
        return call.result();
    }

    /** The module has just connected or subscribed: calls that wait for it go out after the edge hub's pause. */
    void listening() {
        if (!waiting.isEmpty()) {
            world.loop().after(world.settings().methodDelay(), () -> {
                for (Call call : List.copyOf(waiting)) {
                    if (peer.isReachable(topic(call)) && waiting.remove(call)) {
                        send(call);
                    }
                }
            });
        }
    }

    void answered(String requestId, int status, String body) {
        Call call = sent.get(requestId);
        if (call == null) {
            world.journal().note(peer.name() + " answered a method that nobody waits for");
        } else if (bytes(body) > PAYLOAD_BYTES) {
            world.journal().note(peer.name() + ": the answer of " + call.name() + " is over 128 KB and ignored");
        } else if (world.faults().muteMethods) {
            world.journal().note(peer.name() + ": the answer of " + call.name() + " is ignored, as asked");
        } else {
            sent.remove(requestId);
            call.result().complete(new MethodResult(status, payload(body), true));
            world.journal().note(peer.name() + " answered " + call.name() + " with " + status);
        }
    }

    private void send(Call call) {
        sent.put(call.requestId(), call);
        world.loop().after(call.responseTimeout(), () -> {
            if (sent.remove(call.requestId()) != null) {
                call.result().complete(MethodResult.ofHub(504, "Timed out waiting for the response from device."));
                world.journal().note(peer.name() + " did not answer " + call.name() + " in time");
            }
        });
        world.journal().note("method " + call.name() + " to " + peer.name());
        peer.push(topic(call), Buffer.buffer(call.payload()), world.settings().pushQos(), () -> {});
    }

    private void nobody(Call call) {
        call.result().complete(MethodResult.ofHub(404, "Timed out waiting for device to connect."));
        world.journal().note("method " + call.name() + ": " + peer.name() + " is not connected and subscribed");
    }

    private static CompletableFuture<MethodResult> refused(String why) {
        return CompletableFuture.completedFuture(MethodResult.ofHub(400, why));
    }

    private static String topic(Call call) {
        return "$iothub/methods/POST/" + call.name() + "/?$rid=" + call.requestId();
    }

    private static JsonElement payload(String body) {
        try {
            return body.isEmpty() ? JsonNull.INSTANCE : Json.parse(body);
        } catch (JsonParseException e) {
            return new JsonPrimitive(body);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private record Call(
            String name,
            String payload,
            String requestId,
            Duration responseTimeout,
            CompletableFuture<MethodResult> result) {}
}
