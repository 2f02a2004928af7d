package io.edgecam.web;

import io.edgecam.settings.Secret;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may look: whoever shows the token, or the cookie that was given for it. The cookie holds the moment it ends and a
 * signature (HMAC-SHA256, keyed with the token): nothing is kept here, and a new token ends every cookie. Whoever shows
 * wrong ones too often is not looked at for a while. For any number of threads.
 */
final class Badges {
    private static final Duration COOKIE_LIFE = Duration.ofDays(30);
    private static final String SCHEME = "bearer ";
    private static final Pattern FIELD = Pattern.compile("token=((?:[^&%]|%[0-9A-Fa-f]{2})*)");
    private static final Pattern COOKIE = Pattern.compile("([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

    private final Secret token;
    private final InstantSource clock;
    private final Lockout lockout;
    private final String cookieName;
    private final String cookieEnd;

    /**
     * @param port part of the cookie's name, for a browser sends a cookie to every port of a host
     * @param encrypted whether the cookie may go over encrypted connections only
     */
    Badges(Secret token, int port, boolean encrypted, InstantSource clock, Lockout lockout) {
        this.token = token;
        this.clock = clock;
        this.lockout = lockout;
        this.cookieName = "edgecam_" + port;
        this.cookieEnd = "; HttpOnly; SameSite=Strict" + (encrypted ? "; Secure" : "");
    }

    /** Whether anything must be shown at all. */
    boolean areNeeded() {
        return !token.isEmpty();
    }

    /** @throws RefusedException if it shows something and too much of what came from its address was wrong */
    boolean admits(HttpServerExchange exchange) throws RefusedException {
        if (token.isEmpty()) {
            return true;
        }
        Optional<String> header = shownToken(exchange);
        List<String> cookies = shownCookies(exchange);
        if (header.isEmpty() && cookies.isEmpty()) {
            return false;
        }
        InetAddress address = exchange.getSourceAddress().getAddress();
        lockout.check(address);
        if (header.filter(this::isToken).isPresent() || cookies.stream().anyMatch(this::isGood)) {
            return true;
        }
        if (header.isPresent()) {
            lockout.wrong(address);
        }
        cookies.forEach(cookie -> wrong(address, cookie));
        return false;
    }

    /** Compares in a time that does not tell how much of the token was right. */
    boolean isToken(String shown) {
        return same(signature("token", shown), signature("token", token.reveal()));
    }

    /** Answers the form of the sign-in page: {@code token=…}. */
    Reply signIn(String form, InetAddress address) throws RefusedException {
        Matcher shown = FIELD.matcher(form);
        if (token.isEmpty()) {
            return Reply.empty();
        }
        if (!shown.matches()) {
            return Reply.error(400, "BadRequest", "send the token as a form does: token=…");
        }
        lockout.check(address);
        if (!isToken(URLDecoder.decode(shown.group(1), StandardCharsets.UTF_8))) {
            lockout.wrong(address);
            return Reply.error(401, "Unauthorized", "that is not the token");
        }
        return Reply.empty().with("Set-Cookie", cookie());
    }

    /** The header that makes a browser keep the cookie. */
    String cookie() {
        long end = clock.instant().plus(COOKIE_LIFE).getEpochSecond();
        return cookieName + "=" + end + "." + signature("cookie", Long.toString(end)) + "; Path=/; Max-Age="
                + COOKIE_LIFE.toSeconds() + cookieEnd;
    }

    private static Optional<String> shownToken(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip())
                .filter(shown -> !shown.isEmpty());
    }

    private List<String> shownCookies(HttpServerExchange exchange) {
        List<String> shown = new ArrayList<>();
        for (Cookie cookie : exchange.requestCookies()) {
            if (cookie.getName().equals(cookieName)) {
                shown.add(cookie.getValue());
            }
        }
        return shown;
    }

    /** A browser shows a cookie of an older token with every request it makes: that is wrong once, and no guess each time. */
    private void wrong(InetAddress address, String cookie) {
        Matcher parts = COOKIE.matcher(cookie);
        if (!parts.matches()) {
            lockout.wrong(address);
        } else if (!isOurs(parts)) {
            lockout.wrong(address, cookie);
        }
    }

    private boolean isOurs(Matcher parts) {
        return same(signature("cookie", parts.group(1)), parts.group(2));
    }

    private boolean isGood(String cookie) {
        Matcher parts = COOKIE.matcher(cookie);
        return parts.matches()
                && isOurs(parts)
                && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts.group(1))));
    }

    private String signature(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signed = mac.doFinal((purpose + ":" + text).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
