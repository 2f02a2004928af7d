package io.edgecam.localedge;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the local edge can be reached: three doors and a unix socket, which close and open again at will. Event loop only. */
final class Ports {
    static final int MQTT_TLS = 8883;

    private final World world;
    private final Path socket;
    private final WorkloadApi workloadApi;
    private final Door edgeHub;
    private final @Nullable Door direct;
    private final Door service;
    private final Door workload;
    private @Nullable HttpServer socketServer;

    private Ports(World world, Path socket, WorkloadApi workloadApi, Doors doors) {
        this.world = world;
        this.socket = socket;
        this.workloadApi = workloadApi;
        this.edgeHub = doors.edgeHub();
        this.direct = doors.direct();
        this.service = doors.service();
        this.workload = doors.workload();
    }

    /** Starts the servers behind the doors, then opens the doors. */
    static Future<Ports> open(World world, Peers peers, LocalApi api, Path socket, Wanted wanted) {
        WorkloadApi workloadApi = new WorkloadApi(world, peers);
        ServiceRest rest = new ServiceRest(world, peers);
        HttpServerOptions tls = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(MqttHub.certificate(world.certificates()))
                .setUseAlpn(false);
        HttpServerOptions plain = new HttpServerOptions();
        Future<Integer> mqtt = new MqttHub(world, peers).listen();
        Future<Integer> https = listen(world, tls, request -> service(request, rest, api));
        Future<Integer> http = listen(world, plain, request -> service(request, rest, api));
        Future<Integer> daemon = listen(world, new HttpServerOptions(), workloadApi::asked);
        return Future.all(mqtt, https, http, daemon).compose(listening -> {
            String address = world.settings().bindAddress();
            String directAddress = world.settings().directAddress();
            Doors doors = new Doors(
                    new Door(world, "edge hub", address, wanted.edgeHub(), mqtt.result(), 0),
                    wanted.edgeHub() == MQTT_TLS
                            ? null
                            : new Door(world, "IoT Hub", directAddress, MQTT_TLS, mqtt.result(), 0),
                    new Door(world, "service", address, wanted.service(), https.result(), http.result()),
                    new Door(world, "workload API", "127.0.0.1", wanted.workload(), 0, daemon.result()));
            Ports ports = new Ports(world, socket, workloadApi, doors);
            return ports.openAll().map(ports);
        });
    }

    Door edgeHub() {
        return edgeHub;
    }

    Door service() {
        return service;
    }

    Door workload() {
        return workload;
    }

    Path socket() {
        return socket;
    }

    Future<?> openAll() {
        return Future.all(List.of(openEdgeHub(), service.open(), openWorkload()));
    }

    Future<?> shutAll() {
        return Future.all(List.of(shutEdgeHub(), service.shut(), shutWorkload()));
    }

    /** The second door needs the whole network 127.0.0.0/8, which not every system has; the rest does without. */
    Future<?> openEdgeHub() {
        Future<?> second = direct == null
                ? Future.succeededFuture()
                : direct.open()
                        .mapEmpty()
                        .onFailure(e -> world.journal().note("no direct connections here: " + e.getMessage()))
                        .otherwiseEmpty();
        return Future.all(edgeHub.open(), second);
    }

    Future<?> shutEdgeHub() {
        return Future.all(edgeHub.shut(), direct == null ? Future.succeededFuture() : direct.shut());
    }

    void freeze(boolean on) {
        edgeHub.freeze(on);
        if (direct != null) {
            direct.freeze(on);
        }
    }

    Future<?> openWorkload() {
        return Future.all(workload.open(), openSocket());
    }

    Future<?> shutWorkload() {
        HttpServer old = socketServer;
        socketServer = null;
        Future<?> closed = old == null ? Future.succeededFuture() : old.close().onComplete(done -> deleteSocket());
        return Future.all(workload.shut(), closed);
    }

    private Future<?> openSocket() {
        if (socketServer != null) {
            return Future.succeededFuture();
        }
        deleteSocket();
        HttpServer fresh = world.loop().vertx().createHttpServer().requestHandler(workloadApi::asked);
        socketServer = fresh;
        return fresh.listen(SocketAddress.domainSocketAddress(socket.toString()));
    }

    private void deleteSocket() {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the socket " + socket, e);
        }
    }

    private static void service(HttpServerRequest request, ServiceRest rest, LocalApi api) {
        request.body().onSuccess(body -> {
            if (request.path().startsWith(LocalApi.PREFIX)) {
                api.asked(request, body);
            } else {
                rest.asked(request, body);
            }
        });
    }

    private static Future<Integer> listen(World world, HttpServerOptions options, Handler<HttpServerRequest> handler) {
        return world.loop()
                .vertx()
                .createHttpServer(options)
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort);
    }

    private record Doors(Door edgeHub, @Nullable Door direct, Door service, Door workload) {}

    /** The ports that are asked for; 0 leaves the choice to the operating system. */
    record Wanted(int edgeHub, int service, int workload) {}
}
