package io.edgecam.storage.blob;

import io.edgecam.storage.StoreException;
import io.edgecam.storage.StoreException.Remedy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says why no answer came. The SDK wraps causes several times over, often without a word. For any number of threads. */
final class NetworkFailures {
    private final BlobAccess access;
    private final Duration timeout;
    private final InstantSource clock;

    NetworkFailures(BlobAccess access, Duration timeout, InstantSource clock) {
        this.access = access;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** The first cause of this kind. */
    static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> kind) {
        int depth = 0;
        for (Throwable cause = e; cause != null && depth < 20; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
            depth++;
        }
        return Optional.empty();
    }

    StoreException of(RuntimeException e) throws InterruptedException {
        if (Thread.interrupted() || is(e, InterruptedException.class)) {
            throw new InterruptedException("stopped while speaking to the blob service");
        }
        String host = access.host();
        if (is(e, UnresolvedAddressException.class) || is(e, UnknownHostException.class)) {
            return retry(
                    "NameNotResolved",
                    "The name " + host + " cannot be resolved: no network or DNS here, or a wrong"
                            + " account name or endpoint in " + access.setting());
        }
        if (is(e, HttpConnectTimeoutException.class)) {
            return retry(
                    "ConnectTimedOut",
                    "No connection to " + host + " in time: no way there, a firewall drops it, or it does not speak "
                            + access.endpoint().replaceFirst(":.*", ""));
        }
        if (is(e, HttpTimeoutException.class) || is(e, TimeoutException.class)) {
            return retry(
                    "TimedOut",
                    host + " did not finish taking the picture in " + timeout.toSeconds()
                            + " s: slow or dead network, or raise storage.uploadTimeoutSeconds");
        }
        if (is(e, ConnectException.class) || is(e, NoRouteToHostException.class)) {
            return retry(
                    "ConnectionRefused",
                    "No connection to " + host + ": refused or unreachable; is the service"
                            + " running, and the port in " + access.setting() + " right?");
        }
        if (is(e, SSLException.class)) {
            return tls(e);
        }
        if (is(e, IOException.class)) {
            return retry("ConnectionLost", "The connection to " + host + " broke during the upload");
        }
        return retry(
                "Unexpected",
                "Speaking to " + host + " failed unexpectedly: " + e.getClass().getSimpleName());
    }

    private StoreException tls(RuntimeException e) {
        String host = access.host();
        Instant here = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        if (is(e, CertificateNotYetValidException.class)) {
            return operator(
                    "ClockWrong",
                    "The certificate of " + host + " is not valid yet by this device's clock, which says " + here
                            + ": set the host's time (NTP)");
        }
        if (is(e, CertificateExpiredException.class)) {
            return operator(
                    "CertificateRefused",
                    "The certificate of " + host + " has expired by this device's clock, which says " + here
                            + ": set the host's time (NTP) if that is wrong, otherwise renew the certificate");
        }
        if (is(e, CertificateException.class)) {
            return operator(
                    "CertificateRefused",
                    "The certificate of " + host + " is not trusted: see that the clock is right (it says " + here
                            + "), and that the certificate's authority is known here (a proxy that opens TLS?)");
        }
        return operator(
                "TlsFailed",
                "No TLS with " + host + ": does it speak https? Else write http:// in " + access.setting()
                        + "; a proxy or an old service may be in the way");
    }

    private static StoreException operator(String code, String sentence) {
        return new StoreException(Remedy.OPERATOR, code, sentence);
    }

    private static StoreException retry(String code, String sentence) {
        return new StoreException(Remedy.RETRY, code, sentence);
    }

    private static boolean is(Throwable e, Class<? extends Throwable> kind) {
        return cause(e, kind).isPresent();
    }
}
