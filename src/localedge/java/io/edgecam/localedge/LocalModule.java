package io.edgecam.localedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One module as the local edge sees it: how to point it here, and both sides of its traffic. Any thread. */
public final class LocalModule {
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final World world;
    private final Peers peers;
    private final Peer peer;
    private final Addresses addresses;

    LocalModule(World world, Peers peers, Peer peer, Addresses addresses) {
        this.world = world;
        this.peers = peers;
        this.peer = peer;
        this.addresses = addresses;
    }

    Peer peer() {
        return peer;
    }

    public String id() {
        return peer.name();
    }

    /** The variables that the edge agent gives a module, with the workload API over http. */
    public Map<String, String> environment() {
        return environment(addresses.workloadUri());
    }

    /** The same with the workload API over a unix socket, as on a device. */
    public Map<String, String> environmentOverUnixSocket() {
        return environment(addresses.socketUri());
    }

    /** For a client that goes straight to IoT Hub; cloud-to-device messages come only this way. */
    public String hubConnectionString() {
        return connectionString(world.settings().directAddress());
    }

    /** For {@code EdgeHubConnectionString}; {@link LocalEdge#caFile} belongs into {@code EdgeModuleCACertificateFile}. */
    public String connectionString() {
        return connectionString(world.settings().hubHost()) + ";GatewayHostName=" + addresses.gateway();
    }

    public boolean isConnected() {
        return world.loop().ask(peer::isConnected);
    }

    /** How often it has connected since the start. */
    public int connects() {
        return world.loop().ask(peer::connects);
    }

    /** The Plug and Play model that it announced when it connected last; empty for none. */
    public String modelId() {
        return world.loop().ask(peer::modelId);
    }

    /** The topics that it is subscribed to, connected or not. */
    public Set<String> subscriptions() {
        return world.loop().ask(() -> peer.session().filters());
    }

    public void awaitConnected(Duration patience) {
        await("the connection of " + id(), patience, () -> peer.isConnected());
    }

    public void awaitDisconnected(Duration patience) {
        await("the end of the connection of " + id(), patience, () -> !peer.isConnected());
    }

    /** Waits until it has connected {@code count} times since the start, and is connected. */
    public void awaitConnects(int count, Duration patience) {
        await(count + " connects of " + id(), patience, () -> peer.isConnected() && peer.connects() >= count);
    }

    /** Waits until it is connected and subscribed to direct methods. */
    public void awaitMethods(Duration patience) {
        await(id() + " to listen to methods", patience, () -> peer.isReachable("$iothub/methods/POST/any"));
    }

    /** Desired and reported properties, each with its {@code $version}. */
    public JsonObject twin() {
        return world.loop().ask(() -> peer.twin().properties());
    }

    public JsonObject desired() {
        return world.loop().ask(() -> peer.twin().desired());
    }

    public JsonObject reported() {
        return world.loop().ask(() -> peer.twin().reported());
    }

    public JsonObject awaitReported(Predicate<JsonObject> condition, Duration patience) {
        return world.loop()
                .await(
                        "the reported properties of " + id(),
                        patience,
                        () -> Optional.of(peer.twin().reported()).filter(condition));
    }

    /** Merges into the desired properties, null removes; a module that listens is told. */
    public void patchDesired(JsonObject patch) {
        world.loop().order(() -> {
            peer.patchDesired(patch);
            peers.save();
        });
    }

    public void patchDesired(String patch) {
        patchDesired(Json.object(patch));
    }

    /** Puts a new document in place; the module gets null for what is gone. */
    public void replaceDesired(JsonObject document) {
        world.loop().order(() -> {
            peer.replaceDesired(document);
            peers.save();
        });
    }

    public void replaceDesired(String document) {
        replaceDesired(Json.object(document));
    }

    /** Calls a direct method and waits for what comes of it, 404 at once when the module is not there. */
    public MethodResult invoke(String method, @Nullable JsonElement payload, Duration timeout) {
        return Loop.result(
                "the answer of " + method, invokeLater(method, payload, Duration.ZERO, timeout), timeout.plus(MARGIN));
    }

    public MethodResult invoke(String method, String payload, Duration timeout) {
        return invoke(method, payload.isEmpty() ? null : Json.parse(payload), timeout);
    }

    /** @param connectTimeout how long to wait for the module to connect and subscribe before 404 */
    public CompletableFuture<MethodResult> invokeLater(
            String method, @Nullable JsonElement payload, Duration connectTimeout, Duration responseTimeout) {
        return world.loop().ask(() -> peer.methods().invoke(method, payload, connectTimeout, responseTimeout));
    }

    public Input sendInput(String input, String body) {
        return sendInput(input, body, Map.of());
    }

    public Input sendInput(String input, String body, Map<String, String> properties) {
        return sendInput(
                input,
                body.getBytes(StandardCharsets.UTF_8),
                properties,
                Map.of("$.cdid", world.settings().deviceId()));
    }

    /** @param system system properties by their names on the wire, such as {@code $.mid} */
    public Input sendInput(String input, byte[] body, Map<String, String> properties, Map<String, String> system) {
        PropertyBag bag = new PropertyBag(new LinkedHashMap<>(system), new LinkedHashMap<>(properties));
        return world.loop().ask(() -> peer.sendInput(input, body, bag));
    }

    /** What it has sent, oldest first; the newest 10,000 are kept. */
    public List<Telemetry> telemetry() {
        return world.loop().ask(peer::telemetry);
    }

    public void clearTelemetry() {
        world.loop().order(peer::clearTelemetry);
    }

    /** The first message, of the past or to come, that meets the condition. */
    public Telemetry awaitTelemetry(Predicate<Telemetry> condition, Duration patience) {
        return world.loop()
                .await(
                        "a message of " + id(),
                        patience,
                        () -> peer.telemetry().stream().filter(condition).findFirst());
    }

    private String connectionString(String hub) {
        Identity identity = peer.identity();
        String module = identity.module() == null ? "" : ";ModuleId=" + identity.module();
        return "HostName=" + hub + ";DeviceId=" + identity.device() + module + ";SharedAccessKey="
                + Base64.getEncoder().encodeToString(world.keys().of(identity));
    }

    private void await(String what, Duration patience, BooleanSupplier condition) {
        world.loop().await(what, patience, () -> condition.getAsBoolean() ? Optional.of(this) : Optional.empty());
    }

    private Map<String, String> environment(String workloadUri) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("IOTEDGE_WORKLOADURI", workloadUri);
        environment.put("IOTEDGE_DEVICEID", peer.identity().device());
        environment.put("IOTEDGE_MODULEID", id());
        environment.put("IOTEDGE_MODULEGENERATIONID", "1");
        environment.put("IOTEDGE_IOTHUBHOSTNAME", world.settings().hubHost());
        environment.put("IOTEDGE_GATEWAYHOSTNAME", addresses.gateway());
        environment.put("IOTEDGE_AUTHSCHEME", "sasToken");
        environment.put("IOTEDGE_APIVERSION", "2021-12-07");
        return environment;
    }
}
