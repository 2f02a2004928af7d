package io.edgecam.localedge;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The IoT Edge runtime and IoT Hub on this machine: workload API, edge hub over MQTT with TLS, and the service's REST.
 * Ready when it has been started, gone when it is closed. Any thread.
 */
public final class LocalEdge implements AutoCloseable {
    private static final String POLICY = "iothubowner";

    private final World world;
    private final Peers peers;
    private final Ports ports;
    private final Addresses addresses;
    private final Faults faults;
    private final Path folder;
    private final boolean temporary;
    private boolean closed;

    private LocalEdge(World world, Peers peers, Ports ports, Path folder, boolean temporary) {
        this.world = world;
        this.peers = peers;
        this.ports = ports;
        this.addresses = Addresses.of(world, ports);
        this.faults = new Faults(world, peers, ports);
        this.folder = folder;
        this.temporary = temporary;
    }

    public static LocalEdgeBuilder builder() {
        return new LocalEdgeBuilder();
    }

    static LocalEdge start(EdgeSettings settings, @Nullable Path kept, Ports.Wanted wanted) {
        Vertx vertx = null;
        try {
            Path folder = kept == null ? Files.createTempDirectory("local-edge") : Files.createDirectories(kept);
            Clock clock = Clock.systemUTC();
            Certificates certificates = Certificates.of(folder, settings.hostNames(), clock.instant());
            Keys keys = Keys.of(folder, settings.serviceKey());
            vertx = vertx();
            Loop loop = new Loop(vertx);
            Journal journal = new Journal(loop, clock, settings.journalListener());
            vertx.exceptionHandler(e -> journal.note("a fault of the local edge itself: " + e));
            World world = new World(settings, loop, clock, journal, new FaultPlan(), keys, certificates);
            Peers peers = new Peers(world, kept == null ? null : folder.resolve("twins.json"));
            peers.load();
            LocalApi api = new LocalApi(world, peers);
            Path socket = folder.resolve("workload.sock").toAbsolutePath();
            Ports ports = loop.finish("the start", () -> Ports.open(world, peers, api, socket, wanted));
            LocalEdge edge = new LocalEdge(world, peers, ports, folder, kept == null);
            loop.order(() -> {
                peers.of(new Identity(settings.deviceId(), null));
                api.offer(new FaultNames(edge));
            });
            return edge;
        } catch (IOException e) {
            throw new UncheckedIOException("The local edge cannot use its folder: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            if (vertx != null) {
                vertx.close();
            }
            throw e;
        }
    }

    /** The module of this id, made when it is new. */
    public LocalModule module(String id) {
        return known(new Identity(world.settings().deviceId(), id));
    }

    /** Every module so far, also those that came by themselves. */
    public List<LocalModule> modules() {
        return world.loop()
                .ask(() -> peers.all().stream()
                        .filter(peer -> peer.identity().module() != null)
                        .map(peer -> new LocalModule(world, peers, peer, addresses))
                        .toList());
    }

    public LocalDevice device() {
        return new LocalDevice(world, known(new Identity(world.settings().deviceId(), null)));
    }

    /**
     * Brings the output of a module to an input, for instance
     * {@code FROM /messages/modules/A/outputs/x INTO BrokeredEndpoint("/modules/B/inputs/y")}. Without any route, and
     * beside all routes, every message is kept as if it had gone upstream.
     */
    public void route(String text) {
        add(Route.parse(text));
    }

    void add(Route route) {
        world.loop().order(() -> peers.addRoute(route));
    }

    public Faults faults() {
        return faults;
    }

    /** The newest lines of what happened. */
    public List<String> journal() {
        return world.loop().ask(() -> world.journal().lines());
    }

    /** Waits for a line of the journal, of the past or to come. */
    public String awaitJournal(Predicate<String> condition, Duration patience) {
        return world.loop()
                .await(
                        "a line of the journal",
                        patience,
                        () -> world.journal().lines().stream().filter(condition).findFirst());
    }

    public String deviceId() {
        return world.settings().deviceId();
    }

    public String hubHost() {
        return world.settings().hubHost();
    }

    /** The CA's certificate as PEM, for {@code EdgeModuleCACertificateFile}, {@code NODE_EXTRA_CA_CERTS}, {@code curl --cacert}. */
    public Path caFile() {
        return folder.resolve("ca.pem").toAbsolutePath();
    }

    /** The same for Java: {@code -Djavax.net.ssl.trustStore=FILE -Djavax.net.ssl.trustStorePassword=changeit}. */
    public Path trustStore() {
        return folder.resolve("ca.p12").toAbsolutePath();
    }

    /** Trusts this local edge and nobody else. */
    public SSLContext sslContext() {
        try {
            KeyStore store = Certificates.trustStore(
                    Certificates.certificate(world.certificates().authority()));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The CA in " + caFile() + " cannot be used", e);
        }
    }

    public int edgeHubPort() {
        return world.loop().ask(() -> ports.edgeHub().port());
    }

    public int servicePort() {
        return world.loop().ask(() -> ports.service().port());
    }

    public int workloadPort() {
        return world.loop().ask(() -> ports.workload().port());
    }

    public Path workloadSocket() {
        return ports.socket();
    }

    /** Host and port of the service's REST; https as IoT Hub, and plain http for tools on this machine. */
    public String serviceEndpoint() {
        return addresses.serviceEndpoint();
    }

    /** For service SDKs; the port is not part of it, because they know only 443. */
    public String serviceConnectionString() {
        return "HostName=" + world.settings().hostNames().get(0) + ";SharedAccessKeyName=" + POLICY
                + ";SharedAccessKey="
                + Base64.getEncoder().encodeToString(world.keys().service());
    }

    /** A token for service SDKs that take a host with a port beside it. */
    public String serviceToken(Duration life) {
        String host = world.settings().hostNames().get(0);
        return Sas.token(
                host, POLICY, world.keys().service(), world.clock().instant().plus(life));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        world.loop().order(peers::save);
        world.loop()
                .<Object>finish(
                        "the end of all connections", () -> ports.shutAll().mapEmpty());
        try {
            world.loop()
                    .vertx()
                    .close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The local edge did not stop: " + e.getMessage(), e);
        }
        if (temporary) {
            Folders.delete(folder);
        }
    }

    private LocalModule known(Identity identity) {
        return world.loop().ask(() -> new LocalModule(world, peers, peers.of(identity), addresses));
    }

    private static Vertx vertx() {
        FileSystemOptions noCache =
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(noCache));
    }
}
