package io.edgecam.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;

/**
 * Whether the hub's door can be reached: name, port and TLS. It does not sign in, for the hub would end the connection of
 * the module that runs.
 */
public final class HubCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String UNIX = "unix://";

    private final Map<String, String> environment;
    private final Function<Map<String, String>, Optional<InetSocketAddress>> door;
    private final InstantSource clock;

    /** @param door the address that the environment describes; throws IllegalArgumentException with the fix */
    public HubCheck(
            Map<String, String> environment,
            Function<Map<String, String>, Optional<InetSocketAddress>> door,
            InstantSource clock) {
        this.environment = Map.copyOf(environment);
        this.door = door;
        this.clock = clock;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        try {
            Optional<InetSocketAddress> address = door.apply(environment);
            if (address.isEmpty()) {
                return List.of(Finding.note(
                        "hub",
                        "the environment describes none (IOTEDGE_WORKLOADURI, EdgeHubConnectionString or"
                                + " CONNECTION_STRING); without a hub the module needs --settings FILE"));
            }
            workload().ifPresent(findings::add);
            authority().ifPresent(findings::add);
            findings.addAll(reach(address.get()));
        } catch (IllegalArgumentException e) {
            findings.add(Finding.wrong("hub", String.valueOf(e.getMessage())));
        }
        return findings;
    }

    /** The socket of the runtime that gives a module its keys. */
    private Optional<Finding> workload() {
        String uri = environment.getOrDefault("IOTEDGE_WORKLOADURI", "");
        if (!uri.startsWith(UNIX)) {
            return Optional.empty();
        }
        Path socket = Path.of(uri.substring(UNIX.length()));
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return Optional.of(Finding.ok("workload API", channel.getRemoteAddress() + " answers"));
        } catch (IOException e) {
            return Optional.of(Finding.wrong(
                    "workload API",
                    socket + (Files.exists(socket) ? " does not answer" : " is not there") + " (" + e.getMessage()
                            + "): on the host, sudo iotedge system status"));
        }
    }

    private static Optional<Finding> unreadable(Path file) {
        return Files.isReadable(file)
                ? Optional.empty()
                : Optional.of(Finding.wrong(
                        "EdgeModuleCACertificateFile",
                        file + " cannot be read: name the root certificate of the gateway"));
    }

    private Optional<Finding> authority() {
        String file = environment.getOrDefault("EdgeModuleCACertificateFile", "");
        return file.isBlank() ? Optional.empty() : unreadable(Path.of(file));
    }

    private List<Finding> reach(InetSocketAddress door) {
        String subject = "hub " + door.getHostString() + ":" + door.getPort();
        InetSocketAddress address = new InetSocketAddress(door.getHostString(), door.getPort());
        if (address.isUnresolved()) {
            return List.of(Finding.wrong(
                    subject,
                    "the name is not known here: for a gateway see hostname in /etc/aziot/config.toml, else the DNS"
                            + " of the host and of Docker"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            return tls(subject, door, socket);
        } catch (IOException e) {
            return List.of(Finding.wrong(
                    subject,
                    "is not reached (" + e.getMessage() + "): does edgeHub run (sudo iotedge list), does a firewall"
                            + " stand between?"));
        }
    }

    private List<Finding> tls(String subject, InetSocketAddress door, Socket socket) {
        try (SSLSocket secure = (SSLSocket)
                Witness.context().getSocketFactory().createSocket(socket, door.getHostString(), door.getPort(), true)) {
            secure.startHandshake();
            X509Certificate shown = (X509Certificate) secure.getSession().getPeerCertificates()[0];
            return List.of(judge(subject, shown, clock.instant()));
        } catch (IOException | GeneralSecurityException e) {
            return List.of(Finding.wrong(subject, "answers, but not with TLS: " + e.getMessage()));
        }
    }

    private static Finding judge(String subject, X509Certificate shown, Instant now) {
        Instant from = shown.getNotBefore().toInstant();
        Instant until = shown.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            return Finding.wrong(
                    subject,
                    "its certificate counts from " + from + ", and the clock here shows " + now
                            + ": the clock is wrong, see timedatectl on the host");
        }
        if (now.isAfter(until)) {
            return Finding.wrong(
                    subject,
                    "its certificate ended at " + until + ", and the clock here shows " + now
                            + ": restart edgeHub so that it gets a new one, or correct the clock");
        }
        return Finding.ok(subject, "answers with TLS, certificate until " + until);
    }
}
