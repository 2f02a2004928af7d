package io.edgecam.camera.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates of https cameras are believed: what Java believes, what a certificate in one's own file has signed,
 * and a certificate that is in that file itself, whatever name and dates it bears, for cameras make theirs without knowing
 * their name or the time. Immutable, for any number of threads.
 */
final class HttpTrust extends X509ExtendedTrustManager {
    /** Names one's own file of certificates (PEM), as environment variable or system property. */
    static final String PATH = "EDGECAM_CAMERA_CERTIFICATES";

    private final Set<Certificate> own;
    private final X509ExtendedTrustManager authorities;

    private HttpTrust(Set<Certificate> own, X509ExtendedTrustManager authorities) {
        this.own = own;
        this.authorities = authorities;
    }

    /** The file that the operator named, or nothing. */
    static String ownCertificates() {
        return System.getProperty(PATH, System.getenv().getOrDefault(PATH, ""));
    }

    /** What a client needs to believe this and nothing else. */
    static SSLContext context(String path) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {of(path)}, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    "the certificates in " + path + " (" + PATH + ") cannot be read: " + e
                            + "; it must be a file in PEM form, readable for this user. Restart after mending it",
                    e);
        }
    }

    private static HttpTrust of(String path) throws IOException, GeneralSecurityException {
        X509ExtendedTrustManager java = authorities(null);
        if (path.isEmpty()) {
            return new HttpTrust(Set.of(), java);
        }
        Collection<? extends Certificate> own;
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            own = CertificateFactory.getInstance("X.509").generateCertificates(file);
        }
        if (own.isEmpty()) {
            throw new CertificateException("there is none in it");
        }
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        for (Certificate one : own) {
            all.setCertificateEntry("own-" + all.size(), one);
        }
        for (Certificate one : java.getAcceptedIssuers()) {
            all.setCertificateEntry("java-" + all.size(), one);
        }
        return new HttpTrust(Set.copyOf(own), authorities(all));
    }

    private static X509ExtendedTrustManager authorities(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        if (!own.contains(chain[0])) {
            authorities.checkServerTrusted(chain, kind, engine);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        if (!own.contains(chain[0])) {
            authorities.checkServerTrusted(chain, kind, socket);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        authorities.checkServerTrusted(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        authorities.checkClientTrusted(chain, kind, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        authorities.checkClientTrusted(chain, kind, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        authorities.checkClientTrusted(chain, kind);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
