package io.edgecam.localedge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Shared access signatures as IoT Hub defines them: HMAC-SHA256 over the still encoded resource, a line feed and the
 * expiry in seconds of the epoch. Pure functions for any thread.
 */
final class Sas {
    private static final String SCHEME = "SharedAccessSignature ";

    private Sas() {}

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    static String token(String resource, String policy, byte[] key, Instant expiry) {
        String encoded = URLEncoder.encode(resource, StandardCharsets.UTF_8);
        String signature = sign(key, encoded + "\n" + expiry.getEpochSecond());
        return SCHEME + "sr=" + encoded + "&sig=" + URLEncoder.encode(signature, StandardCharsets.UTF_8) + "&se="
                + expiry.getEpochSecond() + "&skn=" + policy;
    }

    /** Says what is wrong with a token, or until when it holds. */
    static Checked check(@Nullable String token, Predicate<String> audience, byte[] key, Instant now) {
        if (token == null || !token.startsWith(SCHEME)) {
            return Checked.wrong("no shared access signature");
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : token.substring(SCHEME.length()).trim().split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        String resource = fields.getOrDefault("sr", "");
        String expires = fields.getOrDefault("se", "");
        if (!expires.matches("[0-9]{1,11}")) {
            return Checked.wrong("the token has no expiry (se)");
        }
        Instant expiry = Instant.ofEpochSecond(Long.parseLong(expires));
        if (expiry.isBefore(now)) {
            return Checked.wrong("the token expired at " + expiry);
        }
        if (!audience.test(Identity.decoded(resource))) {
            return Checked.wrong("the token is for " + Identity.decoded(resource));
        }
        String want = sign(key, resource + "\n" + expires);
        String have = Identity.decoded(fields.getOrDefault("sig", ""));
        return same(want, have)
                ? new Checked(Optional.empty(), expiry)
                : Checked.wrong("wrong signature: the key is not the one of this local edge");
    }

    private static String sign(byte[] key, String text) {
        return Base64.getEncoder().encodeToString(hmac(key, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    record Checked(Optional<String> wrong, Instant expiry) {
        static Checked wrong(String what) {
            return new Checked(Optional.of(what), Instant.EPOCH);
        }
    }
}
