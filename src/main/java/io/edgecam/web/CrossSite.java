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

    /**
     * @param nothingIsShown whether no token is asked for. A cookie of ours never comes from another site, but without one
     *     a browser that loads an {@code <img>} from a plain {@code http://} address gives no sign of the page around it;
     *     what it cannot hide is that it is a browser.
     */
    static boolean made(HttpServerExchange exchange, boolean nothingIsShown) {
        HeaderMap headers = exchange.getRequestHeaders();
        String site = headers.getFirst(SEC_FETCH_SITE);
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String host = headers.getFirst(Headers.HOST);
        String origin = headers.getFirst(Headers.ORIGIN);
        String referer = headers.getFirst(Headers.REFERER);
        boolean unsigned = origin == null && referer == null && nothingIsShown;
        return foreign(origin, host) || foreign(referer, host) || (unsigned && isBrowser(headers));
    }

    /** All of them begin so, and no page can change it in a request that it may send to another site unasked. */
    private static boolean isBrowser(HeaderMap headers) {
        String agent = headers.getFirst(Headers.USER_AGENT);
        return agent != null && agent.startsWith("Mozilla/");
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
