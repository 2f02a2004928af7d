package io.edgecam.web.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the newest certificate in every handshake, so that a new one takes effect without a restart. Without any, every
 * handshake fails. For any number of threads.
 */
final class NewestKey extends X509ExtendedKeyManager {
    private record Named(String alias, ServerCertificate certificate) {}

    private volatile @Nullable Named newest;
    private volatile @Nullable Named older;
    private long count;

    /** Connections that are being made keep what they began with. */
    synchronized void use(ServerCertificate certificate) {
        older = newest;
        newest = new Named("certificate-" + ++count, certificate);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServerCertificate certificate = named(alias);
        return certificate == null ? null : certificate.chain();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServerCertificate certificate = named(alias);
        return certificate == null ? null : certificate.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    private @Nullable String alias(String keyType) {
        Named now = newest;
        return now != null && now.certificate().keyType().equals(keyType) ? now.alias() : null;
    }

    private @Nullable ServerCertificate named(String alias) {
        for (Named one : new Named[] {newest, older}) {
            if (one != null && one.alias().equals(alias)) {
                return one.certificate();
            }
        }
        return null;
    }
}
