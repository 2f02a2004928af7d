package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgecam.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers a camera's demand for a name and a password: Digest (RFC 7616, with quality auth or none) if it is offered, else
 * Basic (RFC 7617). Immutable, for any number of threads.
 */
final class HttpAuthorization {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))");

    private final String username;
    private final Secret password;

    HttpAuthorization(String username, Secret password) {
        this.username = username;
        this.password = password;
    }

    boolean isEmpty() {
        return username.isEmpty() && password.isEmpty();
    }

    /** The value of the header Authorization for a GET. */
    String answer(List<String> challenges, URI address) throws IOException {
        for (String challenge : challenges) {
            if (startsWith(challenge, "digest")) {
                return digest(challenge, address);
            }
        }
        for (String challenge : challenges) {
            if (startsWith(challenge, "basic")) {
                String pair = username + ":" + password.reveal();
                return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
            }
        }
        throw new IOException("asks for a sign-in that is neither Basic nor Digest");
    }

    private static boolean startsWith(String challenge, String scheme) {
        return challenge.toLowerCase(Locale.ROOT).startsWith(scheme);
    }

    private String digest(String challenge, URI address) throws IOException {
        Map<String, String> asked = parameters(challenge);
        String algorithm = asked.getOrDefault("algorithm", "MD5");
        String realm = asked.getOrDefault("realm", "");
        String nonce = asked.getOrDefault("nonce", "");
        String path = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        String secret = hash(algorithm, username + ":" + realm + ":" + password.reveal());
        String request = hash(algorithm, "GET:" + path);
        StringBuilder answer = new StringBuilder("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\""
                .formatted(username, realm, nonce, path));
        if (asked.containsKey("qop")) {
            byte[] random = new byte[8];
            new SecureRandom().nextBytes(random);
            String own = HexFormat.of().formatHex(random);
            String response = hash(algorithm, secret + ":" + nonce + ":00000001:" + own + ":auth:" + request);
            answer.append(", qop=auth, nc=00000001, cnonce=\"%s\", response=\"%s\"".formatted(own, response));
        } else {
            answer.append(", response=\"%s\"".formatted(hash(algorithm, secret + ":" + nonce + ":" + request)));
        }
        answer.append(", algorithm=").append(algorithm);
        if (asked.containsKey("opaque")) {
            answer.append(", opaque=\"").append(asked.get("opaque")).append('"');
        }
        return answer.toString();
    }

    private static Map<String, String> parameters(String challenge) {
        Map<String, String> found = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            found.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return found;
    }

    private static String hash(String algorithm, String text) throws IOException {
        String name = switch (algorithm.toUpperCase(Locale.ROOT)) {
            case "MD5" -> "MD5";
            case "SHA-256" -> "SHA-256";
            default -> throw new IOException("asks for a Digest by " + algorithm + "; known are MD5 and SHA-256");
        };
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }
}
