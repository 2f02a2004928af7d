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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs requests with a name and a password as a camera demands it: Digest (RFC 7616, with quality auth or, as in RFC
 * 2069, with none) if it is offered, else Basic (RFC 7617). The demand is remembered, so that later requests need not be
 * refused first. For one thread at a time.
 */
final class HttpAuthorization {
    private static final Pattern SCHEME = Pattern.compile("(?:^|,)\\s*(?i:(digest|basic))\\s+");
    private static final Pattern PARAMETER = Pattern.compile("([\\w*]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))");

    private final String username;
    private final Secret password;
    private final SecureRandom random = new SecureRandom();
    private String scheme = "";
    private Map<String, String> demand = Map.of();
    private int uses;

    HttpAuthorization(String username, Secret password) {
        this.username = username;
        this.password = password;
    }

    boolean isEmpty() {
        return username.isEmpty() && password.isEmpty();
    }

    /** Takes in what a camera demands in its headers WWW-Authenticate; the best that is known here counts. */
    void demanded(List<String> challenges) throws IOException {
        forget();
        String unknown = "";
        for (String challenge : challenges) {
            Matcher start = SCHEME.matcher(challenge);
            while (start.find()) {
                Map<String, String> asked = parameters(challenge.substring(start.end()));
                boolean digest = start.group(1).equalsIgnoreCase("digest");
                if (digest && hashName(asked).isEmpty()) {
                    unknown = " by " + asked.get("algorithm");
                } else if (digest || scheme.isEmpty()) {
                    scheme = digest ? "Digest" : "Basic";
                    demand = asked;
                }
                if (scheme.equals("Digest")) {
                    return;
                }
            }
        }
        if (scheme.isEmpty()) {
            throw new IOException("asks for a sign-in" + unknown
                    + " that is not known here: set the camera to Basic, or to Digest by MD5 or SHA-256");
        }
    }

    /** Whether the last demand said that only its nonce was too old, not name or password wrong. */
    boolean isStale() {
        return demand.getOrDefault("stale", "").equalsIgnoreCase("true");
    }

    void forget() {
        scheme = "";
        demand = Map.of();
        uses = 0;
    }

    /** The value of the header Authorization for a GET; empty before anything was demanded. */
    Optional<String> signature(URI address) throws IOException {
        return switch (scheme) {
            case "Digest" -> Optional.of(digest(address));
            case "Basic" -> {
                String pair = username + ":" + password.reveal();
                yield Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
            }
            default -> Optional.empty();
        };
    }

    private String digest(URI address) throws IOException {
        String algorithm = hashName(demand).orElseThrow();
        String realm = demand.getOrDefault("realm", "");
        String nonce = demand.getOrDefault("nonce", "");
        String path = HttpConnection.target(address);
        String secret = hash(algorithm, username + ":" + realm + ":" + password.reveal());
        String request = hash(algorithm, "GET:" + path);
        StringBuilder answer = new StringBuilder("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\""
                .formatted(username.replaceAll("[\"\\\\]", "\\\\$0"), realm, nonce, path));
        if (demand.containsKey("qop")) {
            if (!List.of(demand.get("qop").toLowerCase(Locale.ROOT).split("[\\s,]+"))
                    .contains("auth")) {
                throw new IOException("asks for a Digest of quality " + demand.get("qop") + "; known here is auth");
            }
            byte[] bytes = new byte[8];
            random.nextBytes(bytes);
            String own = HexFormat.of().formatHex(bytes);
            String count = HexFormat.of().toHexDigits(++uses);
            String response = hash(algorithm, String.join(":", secret, nonce, count, own, "auth", request));
            answer.append(", qop=auth, nc=%s, cnonce=\"%s\", response=\"%s\"".formatted(count, own, response));
        } else {
            answer.append(", response=\"%s\"".formatted(hash(algorithm, secret + ":" + nonce + ":" + request)));
        }
        if (demand.containsKey("algorithm")) {
            answer.append(", algorithm=").append(demand.get("algorithm"));
        }
        if (demand.containsKey("opaque")) {
            answer.append(", opaque=\"").append(demand.get("opaque")).append('"');
        }
        if (answer.chars().anyMatch(Character::isISOControl)) {
            throw new IOException("cannot be signed in to: the username, or what it demands, has control characters");
        }
        return answer.toString();
    }

    /** The parameters up to the next scheme. */
    private static Map<String, String> parameters(String challenge) {
        Map<String, String> found = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            found.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return found;
    }

    /** What Java calls the hash that is asked for; empty if that is not known here. */
    private static Optional<String> hashName(Map<String, String> asked) {
        return switch (asked.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT)) {
            case "MD5" -> Optional.of("MD5");
            case "SHA-256" -> Optional.of("SHA-256");
            default -> Optional.empty();
        };
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
