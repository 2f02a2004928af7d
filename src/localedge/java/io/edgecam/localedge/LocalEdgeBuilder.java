package io.edgecam.localedge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a local edge is to be; everything has a default that suits a test. One thread. */
public final class LocalEdgeBuilder {
    private String deviceId = "edge-device";
    private String hubHost = "local-edge.azure-devices.net";
    private String gatewayHost = "localhost";
    private String bindAddress = "127.0.0.1";
    private @Nullable Path folder;
    private @Nullable String serviceKey;
    private boolean anyServiceKey;
    private int edgeHubPort;
    private int servicePort;
    private int workloadPort;
    private int pushQos = 1;
    private boolean versionInReportedAnswer;
    private Duration acknowledgeTimeout = Duration.ofSeconds(30);
    private Duration methodDelay = Duration.ofSeconds(3);
    private Duration reauthenticateEvery = Duration.ofMinutes(5);
    private Consumer<String> journalListener = line -> {};
    private final Set<String> modules = new LinkedHashSet<>();
    private final List<Route> routes = new ArrayList<>();

    LocalEdgeBuilder() {}

    public LocalEdgeBuilder deviceId(String id) {
        deviceId = id;
        return this;
    }

    /** The IoT Hub that modules believe to belong to; only a name, with a dot in it. */
    public LocalEdgeBuilder hubHost(String host) {
        if (!host.contains(".")) {
            throw new IllegalArgumentException(
                    "hubHost " + host + ": SDKs want a dot in it, such as my.azure-devices.net");
        }
        hubHost = host;
        return this;
    }

    /** The name in connection strings and in the certificate; localhost unless other machines come. */
    public LocalEdgeBuilder gatewayHost(String host) {
        gatewayHost = host;
        return this;
    }

    /** The address to listen on; 127.0.0.1 unless other machines come. */
    public LocalEdgeBuilder bindAddress(String address) {
        bindAddress = address;
        return this;
    }

    /** Where the CA, the keys and the twins are kept for the next start; without it, all is new and gone at the end. */
    public LocalEdgeBuilder folder(Path path) {
        folder = path;
        return this;
    }

    /** The service key, base64; without it, one of the folder's own. */
    public LocalEdgeBuilder serviceKey(String base64) {
        serviceKey = base64;
        return this;
    }

    /** Lets any service key pass. */
    public LocalEdgeBuilder acceptAnyServiceKey() {
        anyServiceKey = true;
        return this;
    }

    public LocalEdgeBuilder edgeHubPort(int port) {
        edgeHubPort = port;
        return this;
    }

    public LocalEdgeBuilder servicePort(int port) {
        servicePort = port;
        return this;
    }

    public LocalEdgeBuilder workloadPort(int port) {
        workloadPort = port;
        return this;
    }

    /** With what QoS methods and twins are sent: 1 as the edge hub does, 0 as IoT Hub does. */
    public LocalEdgeBuilder pushQos(int qos) {
        if (qos != 0 && qos != 1) {
            throw new IllegalArgumentException("pushQos is 0 or 1, not " + qos);
        }
        pushQos = qos;
        return this;
    }

    /** Puts the version into the answer to a reported patch, as IoT Hub does and the edge hub does not. */
    public LocalEdgeBuilder versionInReportedAnswer() {
        versionInReportedAnswer = true;
        return this;
    }

    /** How long an input may stay unacknowledged before it comes again; 30 seconds unless said. */
    public LocalEdgeBuilder acknowledgeTimeout(Duration timeout) {
        acknowledgeTimeout = timeout;
        return this;
    }

    /** The pause between a module's subscription and the methods that wait for it; 3 seconds unless said. */
    public LocalEdgeBuilder methodDelay(Duration delay) {
        methodDelay = delay;
        return this;
    }

    /** How often the tokens of open connections are looked at; 5 minutes unless said. */
    public LocalEdgeBuilder reauthenticateEvery(Duration period) {
        reauthenticateEvery = period;
        return this;
    }

    /** Gets every line of the journal, on the event loop: it must not wait. */
    public LocalEdgeBuilder onJournal(Consumer<String> listener) {
        journalListener = listener;
        return this;
    }

    public LocalEdgeBuilder module(String id) {
        modules.add(id);
        return this;
    }

    /** A route in the words of a deployment; see {@link LocalEdge#route}. */
    public LocalEdgeBuilder route(String text) {
        routes.add(Route.parse(text));
        return this;
    }

    /** Starts it; ready when this returns. */
    public LocalEdge start() {
        String direct = directAddress();
        EdgeSettings settings = new EdgeSettings(
                deviceId,
                hubHost,
                bindAddress,
                direct,
                hostNames(direct),
                serviceKey,
                anyServiceKey,
                pushQos,
                versionInReportedAnswer,
                acknowledgeTimeout,
                methodDelay,
                reauthenticateEvery,
                journalListener);
        LocalEdge edge = LocalEdge.start(settings, folder, new Ports.Wanted(edgeHubPort, servicePort, workloadPort));
        modules.forEach(edge::module);
        routes.forEach(edge::add);
        return edge;
    }

    /**
     * Where clients find the hub without a gateway. They always take port 8883 and want a dot in the name: so it is a
     * loopback address of its own, unless that port is the edge hub's anyway.
     */
    private String directAddress() {
        if (edgeHubPort == Ports.MQTT_TLS) {
            return gatewayHost.contains(".") ? gatewayHost : "127.0.0.1";
        }
        SecureRandom random = new SecureRandom();
        return "127." + (1 + random.nextInt(250)) + "." + random.nextInt(250) + "." + (1 + random.nextInt(250));
    }

    private List<String> hostNames(String direct) {
        Set<String> names = new LinkedHashSet<>();
        names.addAll(Arrays.asList(gatewayHost, "localhost", "127.0.0.1", "::1", direct));
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            names.add("localhost");
        }
        return List.copyOf(names);
    }
}
