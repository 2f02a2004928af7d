package io.edgecam.localedge;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.mqtt.MqttAuth;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.time.Instant;
import java.util.Optional;

/** The edge hub's door for MQTT: who may come in, and who has to leave when a token ends. Event loop only. */
final class MqttHub {
    private static final int FRAME_BYTES = 262_144;

    private final World world;
    private final Peers peers;
    private final MqttServer server;

    MqttHub(World world, Peers peers) {
        this.world = world;
        this.peers = peers;
        MqttServerOptions options = new MqttServerOptions();
        options.setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setMaxMessageSize(FRAME_BYTES)
                .setAutoClientId(false)
                .setKeyCertOptions(certificate(world.certificates()));
        this.server = MqttServer.create(world.loop().vertx(), options)
                .endpointHandler(this::knocked)
                .exceptionHandler(e -> world.journal().note("edge hub: " + e.getMessage()));
    }

    static PemKeyCertOptions certificate(Certificates certificates) {
        return new PemKeyCertOptions()
                .setKeyValue(Buffer.buffer(certificates.serverKey()))
                .setCertValue(Buffer.buffer(certificates.serverChain()));
    }

    /** Answers with the port. */
    Future<Integer> listen() {
        world.loop().every(world.settings().reauthenticateEvery(), this::reauthenticate);
        return server.listen().map(MqttServer::actualPort);
    }

    private void knocked(MqttEndpoint endpoint) {
        try {
            signIn(endpoint);
        } catch (IllegalArgumentException e) {
            refuse(endpoint, "its user name or token cannot be decoded");
        }
    }

    private void signIn(MqttEndpoint endpoint) {
        String clientId = endpoint.clientIdentifier();
        MqttAuth auth = endpoint.auth();
        Optional<Identity> identity = auth == null || auth.getUsername() == null
                ? Optional.empty()
                : Identity.ofUserName(auth.getUsername(), world.settings()::isHub);
        if (auth == null || identity.isEmpty()) {
            refuse(
                    endpoint,
                    "no user name of the form " + world.settings().hubHost() + "/device/module/?api-version=…");
            return;
        }
        Identity known = identity.get();
        Instant now = world.clock().instant();
        Sas.Checked checked = Sas.check(
                auth.getPassword(),
                resource -> known.isAudience(resource, world.settings()::isHub),
                world.keys().of(known),
                now);
        if (world.faults().refuseSignIn) {
            refuse(endpoint, "as asked");
        } else if (checked.wrong().isPresent()) {
            refuse(endpoint, checked.wrong().get());
        } else if (!known.device().equals(world.settings().deviceId())) {
            refuse(endpoint, "the device here is " + world.settings().deviceId());
        } else if (!known.id().equals(clientId)) {
            world.journal().note(clientId + " signed in as " + known.id() + ": closed");
            endpoint.close();
        } else {
            String model = Identity.modelOfUserName(auth.getUsername());
            new Connection(world, peers, peers.of(known), endpoint, checked.expiry(), model).accept();
        }
    }

    private void refuse(MqttEndpoint endpoint, String why) {
        endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
        world.journal().note(endpoint.clientIdentifier() + " was refused (CONNACK 5): " + why);
    }

    private void reauthenticate() {
        Instant now = world.clock().instant();
        for (Peer peer : peers.all()) {
            Connection connection = peer.connection();
            if (connection != null) {
                connection.closeWhenExpired(now);
            }
        }
    }
}
