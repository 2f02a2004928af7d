package io.edgecam.web;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a request was made by a page of another site; browsers say so, programs say nothing and are no such page. */
final class CrossSite {
    private static final HttpString SEC_FETCH_SITE = new HttpString("Sec-Fetch-Site");

    private CrossSite() {}

    static boolean made(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        String site = headers.getFirst(SEC_FETCH_SITE);
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String host = headers.getFirst(Headers.HOST);
        return foreign(headers.getFirst(Headers.ORIGIN), host) || foreign(headers.getFirst(Headers.REFERER), host);
    }

    private static boolean foreign(@Nullable String page, @Nullable String host) {
        if (page == null) {
            return false;
        }
        try {
            String authority = new URI(page).getRawAuthority();
            return authority == null || host == null || !lower(authority).equals(lower(host));
        } catch (URISyntaxException e) {
            return true;
        }
    }

    private static String lower(String authority) {
        return authority.toLowerCase(Locale.ROOT);
    }
}
