package io.edgecam.web.tls;

import io.edgecam.thread.Worker;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the page is encrypted with, as the owner of the device says it in the environment. One thread, {@code tls}, fetches
 * certificates and looks for newer ones; while there is none, no connection comes about: never is one left unencrypted. For
 * any number of threads.
 */
public final class ServerTls implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServerTls.class);
    private static final String MODE = "EDGECAM_TLS";
    private static final String CERTIFICATE = "EDGECAM_TLS_CERTIFICATE";
    private static final String KEY = "EDGECAM_TLS_KEY";
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final CertificateSource source;
    private final InstantSource clock;
    private final Duration look;
    private final NewestKey newest = new NewestKey();
    private final SSLContext context;
    private final Worker worker;
    private volatile Status status;

    private ServerTls(CertificateSource source, InstantSource clock, Duration look) {
        this.source = source;
        this.clock = clock;
        this.look = look;
        this.status = new Status(source.word(), Optional.empty(), "the certificate has not been read yet");
        this.context = context(newest);
        this.worker = Worker.start("tls", this::run);
    }

    /**
     * What the environment asks for; empty if it asks for nothing.
     *
     * @throws IllegalArgumentException if it asks for something that cannot be, with the fix
     */
    public static Optional<ServerTls> of(Map<String, String> environment, InstantSource clock) {
        return of(environment, clock, LOOK);
    }

    /** @param look how often a newer certificate is looked for */
    static Optional<ServerTls> of(Map<String, String> environment, InstantSource clock, Duration look) {
        return source(environment).map(source -> new ServerTls(source, clock, look));
    }

    public SSLContext context() {
        return context;
    }

    public Status status() {
        return status;
    }

    @Override
    public void close() {
        worker.close();
    }

    private static Optional<CertificateSource> source(Map<String, String> environment) {
        String mode = environment.getOrDefault(MODE, "");
        String certificate = environment.getOrDefault(CERTIFICATE, "");
        String key = environment.getOrDefault(KEY, "");
        if (certificate.isBlank() != key.isBlank()) {
            throw new IllegalArgumentException((key.isBlank() ? KEY : CERTIFICATE)
                    + " is missing: the page is encrypted with a certificate and its key,"
                    + " two PEM files; leave out both for a page that is not");
        }
        if (!mode.isBlank() && !mode.equals("iotedge")) {
            throw new IllegalArgumentException(MODE + " is '" + mode + "'; it must be iotedge, or left out");
        }
        if (!mode.isBlank() && !key.isBlank()) {
            throw new IllegalArgumentException(MODE + " and " + KEY + " are both set; leave out one of the two");
        }
        if (!mode.isBlank()) {
            return Optional.of(new WorkloadApi(environment));
        }
        return key.isBlank()
                ? Optional.empty()
                : Optional.of(new CertificateFiles(path(CERTIFICATE, certificate), path(KEY, key)));
    }

    private static Path path(String variable, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(variable + " is no path of a file", e);
        }
    }

    private void run() throws InterruptedException {
        while (true) {
            try {
                source.next(clock.instant()).ifPresent(this::use);
                say(status.until().map(this::untimely).orElse(""));
            } catch (UnusableException e) {
                say(String.valueOf(e.getMessage()));
            }
            TimeUnit.NANOSECONDS.sleep(look.toNanos());
        }
    }

    private void use(ServerCertificate certificate) {
        newest.use(certificate);
        log.info("The page is encrypted with a certificate good until {} ({})", certificate.until(), source.word());
        status = new Status(source.word(), Optional.of(certificate.until()), "");
    }

    private String untimely(Instant until) {
        return clock.instant().isBefore(until)
                ? ""
                : "the certificate was good until " + until
                        + " only: put a new one in its place; browsers refuse this one";
    }

    private void say(String problem) {
        if (!problem.equals(status.error())) {
            if (problem.isEmpty()) {
                log.info("The certificate of the page is in order again");
            } else {
                log.error(
                        "The page's certificate: {}; {}",
                        problem,
                        status.until().isPresent()
                                ? "the one before is used on"
                                : "nobody can connect to the page until that is mended, it is never served unencrypted");
            }
            status = new Status(status.source(), status.until(), problem);
        }
    }

    private static SSLContext context(NewestKey key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {key}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /**
     * How it stands.
     *
     * @param source {@code files} or {@code iotedge}
     * @param until the end of the certificate that is shown; empty = there is none yet
     * @param error what is wrong and what to do; empty when all is well
     */
    public record Status(String source, Optional<Instant> until, String error) {}
}
