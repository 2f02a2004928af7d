package io.edgecam.web.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what openssl writes: certificates, and keys as PKCS#8 (RFC 5208), PKCS#1 (RFC 8017) or SEC 1 (RFC 5915). Java knows
 * only the first, so the other two are put into that form. Pure functions, for any number of threads.
 */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519", "RSASSA-PSS");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int OBJECT_ID = 0x06;
    private static final byte CURVE = (byte) 0xA0;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    /** 1.2.840.113549.1.1.1 rsaEncryption, and NULL. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    /** 1.2.840.10045.2.1 ecPublicKey. */
    private static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};

    private Pem() {}

    /** @param place where the text is from, for the sentence */
    static List<X509Certificate> certificates(String text, String place) throws UnusableException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                if (block.group(1).equals("CERTIFICATE")) {
                    chain.add((X509Certificate)
                            factory.generateCertificate(new ByteArrayInputStream(decoded(block.group(2), place))));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new UnusableException(place + " holds a certificate that cannot be read: " + e.getMessage());
        }
        if (chain.isEmpty()) {
            throw new UnusableException(
                    place + " holds no certificate: it must be PEM, with -----BEGIN CERTIFICATE-----");
        }
        return List.copyOf(chain);
    }

    /** @param place where the text is from, for the sentence */
    static PrivateKey key(String text, String place) throws UnusableException {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String kind = block.group(1);
            if (kind.equals("ENCRYPTED PRIVATE KEY") || block.group(2).contains("ENCRYPTED")) {
                throw encrypted(place);
            }
            if (kind.endsWith("PRIVATE KEY")) {
                byte[] der = decoded(block.group(2), place);
                return switch (kind) {
                    case "RSA PRIVATE KEY" -> key(pkcs8(RSA, der), place);
                    case "EC PRIVATE KEY" -> key(pkcs8(joined(EC, curve(der, place)), der), place);
                    default -> key(der, place);
                };
            }
        }
        throw new UnusableException(place + " holds no private key: it must be PEM, with -----BEGIN PRIVATE KEY-----");
    }

    private static UnusableException encrypted(String place) {
        return new UnusableException(place + " holds a key that needs a password, and there is nobody to type it; take"
                + " the password off: openssl pkey -in " + place + " -out key.pem");
    }

    private static PrivateKey key(byte[] pkcs8, String place) throws UnusableException {
        for (String algorithm : KINDS) {
            Optional<PrivateKey> key = ofKind(algorithm, pkcs8);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new UnusableException(
                place + " holds a key that Java cannot read; it must be RSA, EC (P-256, P-384 or P-521)"
                        + " or Ed25519. This makes a new one: openssl genpkey -algorithm EC -pkeyopt"
                        + " ec_paramgen_curve:P-256 -out key.pem");
    }

    private static Optional<PrivateKey> ofKind(String algorithm, byte[] pkcs8) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException ofAnotherKind) {
            return Optional.empty();
        }
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return tagged(SEQUENCE, joined(VERSION_0, tagged(SEQUENCE, algorithm), tagged(OCTETS, key)));
    }

    /** The object identifier of the curve, from the parameters inside a SEC 1 key. */
    private static byte[] curve(byte[] key, String place) throws UnusableException {
        for (int at = 0; at + 3 < key.length; at++) {
            int length = key[at + 1];
            boolean named = key[at] == CURVE && key[at + 2] == OBJECT_ID && key[at + 3] == length - 2;
            if (named && at + 2 + length <= key.length) {
                return Arrays.copyOfRange(key, at + 2, at + 2 + length);
            }
        }
        throw new UnusableException(
                place + " holds an EC key that does not name its curve; this writes it so that it does:"
                        + " openssl pkey -in " + place + " -out key.pem");
    }

    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] size = {(byte) 0x82, (byte) (length >> 8), (byte) length};
        if (length < 0x80) {
            size = new byte[] {(byte) length};
        } else if (length < 0x100) {
            size = new byte[] {(byte) 0x81, (byte) length};
        }
        return joined(new byte[] {(byte) tag}, size, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] decoded(String base64, String place) throws UnusableException {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new UnusableException(place + " is damaged: what stands between BEGIN and END is no base64");
        }
    }
}
