package io.edgecam.localedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** IoT Hub's REST for services, twins and direct methods, and the edge hub's one for methods between modules. Event loop only. */
final class ServiceRest {
    private static final int DEFAULT_RESPONSE_SECONDS = 30;

    private final World world;
    private final Peers peers;
    private final ServiceAccess access;

    ServiceRest(World world, Peers peers) {
        this.world = world;
        this.peers = peers;
        this.access = new ServiceAccess(world);
    }

    void asked(HttpServerRequest request, Buffer body) {
        Exchange exchange = new Exchange(world, request);
        try {
            Optional<String> wrong = access.wrong(request);
            if (wrong.isPresent()) {
                exchange.problem(401, "IotHubUnauthorizedAccess", "Unauthorized: " + wrong.get());
            } else {
                answer(exchange, request, body.toString(StandardCharsets.UTF_8));
            }
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException | ClassCastException e) {
            exchange.problem(400, "ArgumentInvalid", "Cannot read the request: " + e.getMessage());
        }
    }

    private void answer(Exchange exchange, HttpServerRequest request, String body) {
        String[] path = request.path().split("/", -1);
        boolean module = path.length >= 5 && path[3].equals("modules");
        int next = module ? 5 : 3;
        boolean methods = path.length == next + 1 && path[next].equals("methods");
        if (path.length < 3 || !path[1].equals("twins") || (path.length != next && !methods)) {
            exchange.problem(404, "NotFound", "There is no " + request.path());
            return;
        }
        Identity identity = new Identity(Identity.decoded(path[2]), module ? Identity.decoded(path[4]) : null);
        Optional<Peer> peer = peers.find(identity);
        if (peer.isEmpty()) {
            String kind = module ? "Module" : "Device";
            exchange.problem(404, kind + "NotFound", kind + " " + identity.id() + " not registered");
        } else if (methods && exchange.verb().equals("POST")) {
            invoke(exchange, peer.get(), Json.object(body));
        } else if (!methods) {
            twin(exchange, peer.get(), body);
        } else {
            exchange.problem(405, "MethodNotAllowed", "A direct method is called with POST");
        }
    }

    private void twin(Exchange exchange, Peer peer, String body) {
        Optional<String> match = exchange.header("If-Match");
        if (exchange.verb().equals("GET")) {
            exchange.answer(200, shown(peer));
        } else if (!exchange.verb().equals("PATCH") && !exchange.verb().equals("PUT")) {
            exchange.problem(405, "MethodNotAllowed", "A twin is read with GET and changed with PATCH or PUT");
        } else if (match.isPresent() && !matches(match.get(), peer.twin().etag())) {
            exchange.problem(412, "PreconditionFailed", "Precondition failed: the twin's etag is another one");
        } else {
            change(exchange, peer, Json.object(body));
        }
    }

    private void change(Exchange exchange, Peer peer, JsonObject wish) {
        JsonElement properties = wish.get("properties");
        JsonElement desired = properties instanceof JsonObject both ? both.get("desired") : null;
        boolean replace = exchange.verb().equals("PUT");
        if (desired instanceof JsonObject document) {
            JsonObject own = document.deepCopy();
            own.remove("$version");
            own.remove("$metadata");
            Optional<String> wrong = TwinRules.check(own);
            if (wrong.isPresent()) {
                exchange.problem(400, "ArgumentInvalid", "desired properties: " + wrong.get());
                return;
            }
            if (replace) {
                peer.replaceDesired(own);
            } else {
                peer.patchDesired(own);
            }
        }
        if (wish.get("tags") instanceof JsonObject tags) {
            peer.twin().patchTags(tags);
        }
        peers.save();
        exchange.answer(200, shown(peer));
    }

    private static void invoke(Exchange exchange, Peer peer, JsonObject call) {
        JsonElement name = call.get("methodName");
        long response = seconds(call, "responseTimeoutInSeconds", DEFAULT_RESPONSE_SECONDS);
        long connect = seconds(call, "connectTimeoutInSeconds", 0);
        if (name == null || !name.isJsonPrimitive()) {
            exchange.problem(400, "ArgumentInvalid", "methodName is missing");
        } else if (response < 5 || response > 300 || connect < 0 || connect > 300) {
            exchange.problem(
                    400,
                    "ArgumentInvalid",
                    "responseTimeoutInSeconds is 5 to 300 and connectTimeoutInSeconds 0 to 300, not " + response
                            + " and " + connect);
        } else {
            Duration connectTimeout = Duration.ofSeconds(connect);
            CompletableFuture<Void> unused = peer.methods()
                    .invoke(name.getAsString(), call.get("payload"), connectTimeout, Duration.ofSeconds(response))
                    .thenAccept(exchange::methodResult);
        }
    }

    private static long seconds(JsonObject call, String key, long otherwise) {
        JsonElement value = call.get(key);
        return value == null || value.isJsonNull() ? otherwise : value.getAsLong();
    }

    private static boolean matches(String header, String etag) {
        String wanted = header.replace("\"", "");
        return wanted.equals("*") || wanted.equals(etag);
    }

    private static JsonObject shown(Peer peer) {
        Identity identity = peer.identity();
        Twin twin = peer.twin();
        JsonObject shown = new JsonObject();
        shown.addProperty("deviceId", identity.device());
        if (identity.module() != null) {
            shown.addProperty("moduleId", identity.module());
        }
        shown.addProperty("etag", twin.etag());
        shown.addProperty("status", "enabled");
        shown.addProperty("connectionState", peer.isConnected() ? "Connected" : "Disconnected");
        shown.addProperty("authenticationType", "sas");
        shown.addProperty("modelId", peer.modelId());
        shown.addProperty("version", twin.version());
        shown.add("tags", twin.tags());
        shown.add("properties", twin.properties());
        return shown;
    }
}
