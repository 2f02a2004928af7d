package io.edgecam.hub.iotedge;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.InternalClient;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.NoRetry;
import io.edgecam.picture.Identity;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Knows which identity this process has and makes the SDK's client for it. For any number of threads. */
final class Dialer {
    /** Of the Plug and Play model, {@code dtmi/io/edgecam/cameramodule-1.json}. */
    static final String MODEL_ID = "dtmi:io:edgecam:CameraModule;1";

    private static final int KEEP_ALIVE_SECONDS = 60;

    private final Kind kind;
    private final Identity identity;
    private final IotHubClientProtocol protocol;
    private final ConnectionString connectionString;
    private final Map<String, String> environment;

    private Dialer(Kind kind, Identity identity, ConnectionString connectionString, Map<String, String> environment) {
        this.kind = kind;
        this.identity = identity;
        this.connectionString = connectionString;
        this.environment = environment;
        this.protocol = protocol(environment.getOrDefault("EDGECAM_PROTOCOL", "MQTT"));
    }

    /**
     * What the environment says we are; empty if it says nothing of a hub.
     *
     * @throws IllegalArgumentException if what it says cannot be used, with the fix
     */
    static Optional<Dialer> of(Map<String, String> environment) {
        String edge = environment.getOrDefault(
                "EdgeHubConnectionString", environment.getOrDefault("IotHubConnectionString", ""));
        if (!edge.isBlank()) {
            ConnectionString parsed = checked("EdgeHubConnectionString", edge);
            return Optional.of(new Dialer(Kind.IOTEDGE, identityOf(parsed), parsed, environment));
        }
        if (!environment.getOrDefault("IOTEDGE_WORKLOADURI", "").isBlank()) {
            Identity identity =
                    new Identity(required(environment, "IOTEDGE_DEVICEID"), required(environment, "IOTEDGE_MODULEID"));
            required(environment, "IOTEDGE_IOTHUBHOSTNAME");
            return Optional.of(new Dialer(Kind.IOTEDGE, identity, new ConnectionString(""), environment));
        }
        String direct = environment.getOrDefault("CONNECTION_STRING", "");
        if (direct.isBlank()) {
            return Optional.empty();
        }
        ConnectionString parsed = checked("CONNECTION_STRING", direct);
        Kind kind = parsed.part("ModuleId").isEmpty() ? Kind.DEVICE : Kind.MODULE;
        return Optional.of(new Dialer(kind, identityOf(parsed), parsed, environment));
    }

    Kind kind() {
        return kind;
    }

    Identity identity() {
        return identity;
    }

    /** The gateway where there is one, else the hub itself; not looked up. */
    InetSocketAddress address() {
        String gateway = connectionString.part("GatewayHostName");
        String hub = connectionString.part("HostName");
        String host = !gateway.isEmpty() ? gateway : !hub.isEmpty() ? hub : runtimeHost();
        return InetSocketAddress.createUnresolved(
                host,
                switch (protocol) {
                    case MQTT -> 8883;
                    case AMQPS -> 5671;
                    default -> 443;
                });
    }

    private String runtimeHost() {
        String gateway = environment.getOrDefault("IOTEDGE_GATEWAYHOSTNAME", "");
        return gateway.isBlank() ? required(environment, "IOTEDGE_IOTHUBHOSTNAME") : gateway;
    }

    /** A new client that never retries by itself: the link makes a new one instead. */
    InternalClient client() throws IotHubClientException {
        InternalClient client = switch (kind) {
            case IOTEDGE -> ModuleClient.createFromEnvironment(new UnixSocket(), protocol, options());
            case MODULE -> new ModuleClient(connectionString.reveal(), protocol, options());
            case DEVICE -> new DeviceClient(connectionString.reveal(), protocol, options());
        };
        client.setRetryPolicy(new NoRetry());
        return client;
    }

    private ClientOptions options() throws IotHubClientException {
        ClientOptions.ClientOptionsBuilder options = ClientOptions.builder()
                .modelId(MODEL_ID)
                .keepAliveInterval(KEEP_ALIVE_SECONDS)
                .logRoutineDisconnectsAsErrors(false)
                .threadNamePrefix("hub-")
                .useIdentifiableThreadNames(false);
        String authority = environment.getOrDefault("EdgeModuleCACertificateFile", "");
        if (kind != Kind.IOTEDGE && !authority.isBlank()) {
            options.sslContext(Authority.trusting(authority));
        }
        return options.build();
    }

    private static IotHubClientProtocol protocol(String word) {
        List<String> known = List.of("MQTT", "MQTT_WS", "AMQPS", "AMQPS_WS");
        String upper = word.trim().toUpperCase(Locale.ROOT);
        if (!known.contains(upper)) {
            throw new IllegalArgumentException("EDGECAM_PROTOCOL is '" + word + "'; it must be one of " + known);
        }
        return IotHubClientProtocol.valueOf(upper);
    }

    private static ConnectionString checked(String variable, String text) {
        ConnectionString parsed = new ConnectionString(text);
        for (String part : Arrays.asList("HostName", "DeviceId", "SharedAccessKey")) {
            if (parsed.part(part).isEmpty()) {
                throw new IllegalArgumentException(variable + " has no " + part
                        + "; it looks like HostName=…;DeviceId=…;ModuleId=…;SharedAccessKey=…");
            }
        }
        return parsed;
    }

    private static Identity identityOf(ConnectionString parsed) {
        return new Identity(parsed.part("DeviceId"), parsed.part("ModuleId"));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is missing beside IOTEDGE_WORKLOADURI; the IoT Edge runtime sets both");
        }
        return value;
    }

    /** Through which door we come to the hub. */
    enum Kind {
        IOTEDGE,
        MODULE,
        DEVICE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
