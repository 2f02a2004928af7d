package io.edgecam.web;

import io.edgecam.settings.Secret;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may look: whoever shows the token, or the cookie that was given for it. The cookie holds the moment it ends and a
 * signature (HMAC-SHA256, keyed with the token): nothing is kept here, and a new token ends every cookie. Immutable, for
 * any number of threads.
 */
final class Badges {
    private static final Duration COOKIE_LIFE = Duration.ofDays(30);
    private static final String SCHEME = "bearer ";
    private static final Pattern FIELD = Pattern.compile("token=((?:[^&%]|%[0-9A-Fa-f]{2})*)");
    private static final Pattern COOKIE = Pattern.compile("([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

    private final Secret token;
    private final InstantSource clock;
    private final String cookieName;

    /** @param port part of the cookie's name, for a browser sends a cookie to every port of a host */
    Badges(Secret token, int port, InstantSource clock) {
        this.token = token;
        this.clock = clock;
        this.cookieName = "edgecam_" + port;
    }

    boolean admits(HttpServerExchange exchange) {
        return token.isEmpty() || showsToken(exchange) || showsCookie(exchange);
    }

    /** Compares in a time that does not tell how much of the token was right. */
    boolean isToken(String shown) {
        return same(signature("token", shown), signature("token", token.reveal()));
    }

    /** Answers the form of the sign-in page: {@code token=…}. */
    Reply signIn(String form) {
        Matcher shown = FIELD.matcher(form);
        if (token.isEmpty()) {
            return Reply.empty();
        }
        if (!shown.matches()) {
            return Reply.error(400, "BadRequest", "send the token as a form does: token=…");
        }
        if (!isToken(URLDecoder.decode(shown.group(1), StandardCharsets.UTF_8))) {
            return Reply.error(401, "Unauthorized", "that is not the token");
        }
        return Reply.empty().with("Set-Cookie", cookie());
    }

    /** The header that makes a browser keep the cookie. */
    String cookie() {
        long end = clock.instant().plus(COOKIE_LIFE).getEpochSecond();
        return cookieName + "=" + end + "." + signature("cookie", Long.toString(end)) + "; Path=/; Max-Age="
                + COOKIE_LIFE.toSeconds() + "; HttpOnly; SameSite=Strict";
    }

    private boolean showsToken(HttpServerExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && isToken(header.substring(SCHEME.length()).strip());
    }

    private boolean showsCookie(HttpServerExchange exchange) {
        for (var cookie : exchange.requestCookies()) {
            if (cookie.getName().equals(cookieName) && isGood(cookie.getValue())) {
                return true;
            }
        }
        return false;
    }

    private boolean isGood(String cookie) {
        Matcher parts = COOKIE.matcher(cookie);
        return parts.matches()
                && same(signature("cookie", parts.group(1)), parts.group(2))
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
