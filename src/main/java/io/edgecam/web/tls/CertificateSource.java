package io.edgecam.web.tls;

import java.time.Instant;
import java.util.Optional;

/** Where a certificate comes from. For one thread. */
interface CertificateSource {
    /**
     * A certificate, if there is one that was not given before.
     *
     * @throws UnusableException if what is there cannot be used; the one given before goes on meanwhile
     */
    Optional<ServerCertificate> next(Instant now) throws UnusableException, InterruptedException;

    /** For the log and for getStatus: {@code files} or {@code iotedge}. */
    String word();
}
