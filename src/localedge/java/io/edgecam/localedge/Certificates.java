package io.edgecam.localedge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate authority and a server certificate signed by it, as PEM; elliptic keys (P-256), because they are made in
 * milliseconds. Immutable.
 */
record Certificates(String authority, String serverChain, String serverKey, PrivateKey authorityKey) {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration SERVER_LIFE = Duration.ofDays(365);
    /** Clocks of containers and boards differ. */
    private static final Duration SKEW = Duration.ofDays(1);

    private static final X500Principal AUTHORITY_NAME = new X500Principal("CN=Local edge CA, O=local edge");
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

    /** The authority of the folder, made at the first start and kept; the server's certificate is new at every start. */
    static Certificates of(Path folder, List<String> hostNames, Instant now) throws IOException {
        try {
            Path caFile = folder.resolve("ca.pem");
            Path keyFile = folder.resolve("ca-key.pem");
            if (!Files.exists(caFile) || !Files.exists(keyFile)) {
                KeyPair pair = newPair();
                byte[] ca = sign(pair.getPrivate(), authority(pair.getPublic(), now));
                Folders.writeSecret(
                        keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
                Files.writeString(caFile, pem("CERTIFICATE", ca));
            }
            String authority = Files.readString(caFile);
            writeTrustStore(folder.resolve("ca.p12"), certificate(authority));
            KeyPair server = newPair();
            PrivateKey authorityKey = privateKey(Files.readString(keyFile));
            byte[] body = server(
                    server.getPublic(),
                    certificate(authority).getPublicKey(),
                    hostNames,
                    now.minus(SKEW),
                    now.plus(SERVER_LIFE));
            String chain = pem("CERTIFICATE", sign(authorityKey, body)) + authority;
            return new Certificates(
                    authority, chain, pem("PRIVATE KEY", server.getPrivate().getEncoded()), authorityKey);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The certificates in " + folder + " cannot be used (" + e.getMessage()
                            + "); delete ca.pem and ca-key.pem there and start again",
                    e);
        }
    }

    /** A new pair for a module's own server: certificate chain and key, as PEM. */
    Pair pair(List<String> names, Instant from, Instant until) {
        try {
            KeyPair server = newPair();
            byte[] body = server(server.getPublic(), certificate(authority).getPublicKey(), names, from, until);
            return new Pair(
                    pem("CERTIFICATE", sign(authorityKey, body)) + authority,
                    pem("PRIVATE KEY", server.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("no certificate can be made for " + names + ": " + e.getMessage(), e);
        }
    }

    /** As PEM. */
    record Pair(String chain, String key) {}

    static X509Certificate certificate(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    static KeyStore trustStore(X509Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("local-edge", authority);
        return store;
    }

    /** For {@code -Djavax.net.ssl.trustStore}; the password is that of the JDK's own store. */
    private static void writeTrustStore(Path file, X509Certificate authority)
            throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            trustStore(authority).store(out, "changeit".toCharArray());
        }
    }

    private static byte[] authority(PublicKey key, Instant now) throws GeneralSecurityException {
        byte[] extensions = Der.sequence(
                extension("2.5.29.19", true, Der.sequence(Der.truth())),
                extension("2.5.29.15", true, Der.bits(1, new byte[] {0x06})), // sign certificates and their revocation
                extension("2.5.29.14", false, Der.octets(keyId(key))));
        return body(AUTHORITY_NAME, key, now.minus(SKEW), now.plus(AUTHORITY_LIFE), extensions);
    }

    private static byte[] server(
            PublicKey key, PublicKey authority, List<String> hostNames, Instant from, Instant until)
            throws GeneralSecurityException, IOException {
        List<byte[]> names = new ArrayList<>();
        for (String name : hostNames) {
            boolean address = name.contains(":") || name.matches("[0-9.]+");
            names.add(
                    address
                            ? Der.tagged(0x87, InetAddress.getByName(name).getAddress())
                            : Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII)));
        }
        byte[] extensions = Der.sequence(
                extension("2.5.29.19", true, Der.sequence()),
                extension("2.5.29.15", true, Der.bits(7, new byte[] {(byte) 0x80})), // digital signature
                extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))), // server authentication
                extension("2.5.29.17", false, Der.sequence(names.toArray(byte[][]::new))),
                extension("2.5.29.14", false, Der.octets(keyId(key))),
                extension("2.5.29.35", false, Der.sequence(Der.tagged(0x80, keyId(authority)))));
        return body(new X500Principal("CN=" + hostNames.get(0)), key, from, until, extensions);
    }

    private static byte[] body(X500Principal subject, PublicKey key, Instant from, Instant until, byte[] extensions) {
        return Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, new SecureRandom()).setBit(120)),
                ECDSA_SHA256,
                AUTHORITY_NAME.getEncoded(),
                Der.sequence(Der.time(from), Der.time(until)),
                subject.getEncoded(),
                key.getEncoded(),
                Der.tagged(0xa3, extensions));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.truth(), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
    }

    private static byte[] sign(PrivateKey key, byte[] body) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(body);
        return Der.sequence(body, ECDSA_SHA256, Der.bits(0, signature.sign()));
    }

    private static KeyPair newPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static String pem(String kind, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
