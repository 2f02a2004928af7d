package io.edgecam.localedge;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What IoT Hub has no REST for: messages in, messages out, the journal and the faults, for people and tools without Java.
 * Event loop only.
 */
final class LocalApi {
    static final String PREFIX = "/local-edge/";

    private final World world;
    private final Peers peers;
    private final ServiceAccess access;
    private @Nullable FaultNames faults;

    LocalApi(World world, Peers peers) {
        this.world = world;
        this.peers = peers;
        this.access = new ServiceAccess(world);
    }

    /** The faults need the ports, and the ports need this. */
    void offer(FaultNames names) {
        faults = names;
    }

    void asked(HttpServerRequest request, Buffer body) {
        Exchange exchange = new Exchange(world.journal(), request);
        Optional<String> wrong = access.wrong(request);
        if (wrong.isPresent()) {
            exchange.problem(401, "Unauthorized", wrong.get());
            return;
        }
        String path = Identity.decoded(request.path().substring(PREFIX.length()));
        String[] parts = path.split("/", -1);
        if (exchange.verb().equals("GET")) {
            read(exchange, parts);
        } else if (parts.length == 4 && parts[0].equals("modules") && parts[2].equals("inputs")) {
            Peer peer = peers.of(new Identity(world.settings().deviceId(), parts[1]));
            PropertyBag bag = new PropertyBag(Map.of(), properties(request))
                    .withSystem("$.cdid", world.settings().deviceId());
            peer.sendInput(parts[3], body.getBytes(), bag);
            exchange.answer(202, new JsonObject());
        } else if (parts.length == 2 && parts[0].equals("device") && parts[1].equals("messages")) {
            Peer peer = peers.of(new Identity(world.settings().deviceId(), null));
            peer.sendCloudToDevice(body.getBytes(), UUID.randomUUID().toString(), properties(request));
            exchange.answer(202, new JsonObject());
        } else if (parts.length == 2 && parts[0].equals("faults")) {
            fault(exchange, request, parts[1]);
        } else {
            exchange.problem(404, "NotFound", "There is no " + request.path());
        }
    }

    private void read(Exchange exchange, String[] parts) {
        if (parts[0].equals("journal")) {
            exchange.answer(
                    200,
                    array(world.journal().lines().stream()
                            .<JsonElement>map(JsonPrimitive::new)
                            .toList()));
        } else if (parts[0].equals("telemetry")) {
            String sender = parts.length > 1 ? parts[1] : "";
            exchange.answer(
                    200,
                    array(peers.all().stream()
                            .filter(peer -> sender.isEmpty() || peer.name().equals(sender))
                            .flatMap(peer -> peer.telemetry().stream())
                            .map(Telemetry::shown)
                            .toList()));
        } else {
            exchange.problem(404, "NotFound", "Known here: journal, telemetry, telemetry/NAME");
        }
    }

    private void fault(Exchange exchange, HttpServerRequest request, String name) {
        String argument = Optional.ofNullable(request.getParam("value")).orElse("1");
        FaultNames known = faults;
        if (known == null || !known.apply(name, argument)) {
            exchange.problem(404, "NotFound", "There is no fault " + name + "; known: " + FaultNames.NAMES);
        } else {
            exchange.answer(200, new JsonObject());
        }
    }

    private static Map<String, String> properties(HttpServerRequest request) {
        Map<String, String> properties = new LinkedHashMap<>();
        request.params().forEach(properties::put);
        return properties;
    }

    private static JsonArray array(List<JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }
}
