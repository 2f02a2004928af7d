package io.edgecam.web.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A certificate with what signed it, and its key. Immutable, for any number of threads; never printed. */
final class ServerCertificate {
    private static final byte[] SAMPLE = "edgecam".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * A pair, checked: the key is that of the first certificate, and each certificate is signed by the next.
     *
     * @param certificatePlace where the certificates are from, for the sentence
     * @param keyPlace where the key is from, for the sentence
     */
    static ServerCertificate of(String certificates, String certificatePlace, String key, String keyPlace)
            throws UnusableException {
        List<X509Certificate> chain = Pem.certificates(certificates, certificatePlace);
        PrivateKey own = Pem.key(key, keyPlace);
        if (!belong(chain.get(0), own)) {
            throw new UnusableException("the key in " + keyPlace + " is not that of the first certificate in "
                    + certificatePlace + "; the server's own certificate comes first, then the one that signed it");
        }
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new UnusableException("certificate " + (i + 1) + " in " + certificatePlace + " ("
                        + chain.get(i).getSubjectX500Principal()
                        + ") did not sign the one before it; put them in order");
            }
        }
        return new ServerCertificate(chain, own);
    }

    X509Certificate[] chain() {
        return chain.toArray(X509Certificate[]::new);
    }

    PrivateKey key() {
        return key;
    }

    /** RSA, EC or EdDSA, as TLS asks for a key. */
    String keyType() {
        return chain.get(0).getPublicKey().getAlgorithm();
    }

    Instant from() {
        return chain.get(0).getNotBefore().toInstant();
    }

    Instant until() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** A fifth of its life before its end. */
    Instant renewAt() {
        return until().minus(Duration.between(from(), until()).dividedBy(5));
    }

    private static boolean belong(X509Certificate certificate, PrivateKey key) {
        String algorithm = algorithm(key);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private static String algorithm(@Nullable PrivateKey key) {
        if (key instanceof ECKey) {
            return "SHA256withECDSA";
        }
        return key instanceof RSAKey ? "SHA256withRSA" : "Ed25519";
    }
}
