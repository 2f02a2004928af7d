package io.edgecam.web;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.util.Map;

/** What every answer tells the browser not to do. */
final class SafeHeaders {
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "img-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'");

    private static final Map<HttpString, String> HEADERS = Map.of(
            new HttpString("Content-Security-Policy"), CONTENT_SECURITY_POLICY,
            new HttpString("X-Content-Type-Options"), "nosniff",
            new HttpString("X-Frame-Options"), "DENY",
            new HttpString("Referrer-Policy"), "no-referrer",
            new HttpString("Cache-Control"), "no-store");

    private SafeHeaders() {}

    static void put(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        HEADERS.forEach(headers::put);
    }
}
