package io.edgecam.localedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everyone who may sign in, the routes between them, and their twins in a file. Event loop only. */
final class Peers {
    private final World world;
    private final @Nullable Path file;
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final List<Route> routes = new ArrayList<>();

    /** @param file where twins are kept, null to forget them */
    Peers(World world, @Nullable Path file) {
        this.world = world;
        this.file = file;
    }

    Peer of(Identity identity) {
        return peers.computeIfAbsent(identity.id(), id -> new Peer(world, identity));
    }

    Optional<Peer> find(Identity identity) {
        return Optional.ofNullable(peers.get(identity.id()));
    }

    Collection<Peer> all() {
        return List.copyOf(peers.values());
    }

    void addRoute(Route route) {
        routes.add(route);
    }

    /** Keeps a message and brings it to the inputs that the routes name. */
    void received(Peer from, PropertyBag properties, byte[] body) {
        PropertyBag bag = properties.withSystem("$.cdid", from.identity().device());
        String module = from.identity().module();
        if (module != null) {
            bag = bag.withSystem("$.cmid", module);
        }
        Telemetry message = new Telemetry(from.name(), bag, body, world.clock().instant());
        from.received(message);
        for (Route route : routes) {
            if (route.into().isPresent() && route.takes(from.identity(), message)) {
                Route.Target target = route.into().get();
                of(new Identity(from.identity().device(), target.module())).sendInput(target.input(), body, bag);
            }
        }
    }

    void load() throws IOException {
        if (file != null && Files.exists(file)) {
            JsonObject saved = Json.object(Files.readString(file, StandardCharsets.UTF_8));
            for (Map.Entry<String, JsonElement> entry : saved.entrySet()) {
                of(Identity.parse(entry.getKey()))
                        .twin()
                        .restore(entry.getValue().getAsJsonObject());
            }
        }
    }

    void save() {
        if (file != null) {
            JsonObject all = new JsonObject();
            peers.forEach((id, peer) -> all.add(id, peer.twin().saved()));
            Folders.replace(file, all.toString());
        }
    }
}
