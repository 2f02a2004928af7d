package io.edgecam.web;

import io.edgecam.metrics.WebFigures;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every request comes through here and is let in or refused. Runs on the I/O thread and never blocks. */
final class Entrance implements HttpHandler {
    static final String CHALLENGE = "Bearer realm=\"edgecam\"";

    private static final int MAX_NAMED_CHARACTERS = 100;

    private final Map<String, Route> routes;
    private final Hosts hosts;
    private final Badges badges;
    private final WebFigures figures;

    Entrance(Map<String, Route> routes, Hosts hosts, Badges badges, WebFigures figures) {
        this.figures = figures;
        this.routes = Map.copyOf(routes);
        this.hosts = hosts;
        this.badges = badges;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        SafeHeaders.put(exchange);
        exchange.addExchangeCompleteListener((done, next) -> {
            figures.answered(done.getStatusCode());
            next.proceed();
        });
        try {
            admit(exchange).action().run(exchange);
        } catch (RefusedException e) {
            e.reply().send(exchange);
        }
    }

    private Route admit(HttpServerExchange exchange) throws RefusedException {
        checkHost(exchange);
        Route route = routeAt(exchange.getRequestPath());
        if (route == null) {
            throw new RefusedException(404, "NotFound", "there is nothing at " + named(exchange.getRequestPath()));
        }
        Optional<Reply> wrongMethod = route.refusesMethod(exchange);
        if (wrongMethod.isPresent()) {
            throw new RefusedException(wrongMethod.get());
        }
        if (!route.open() && !badges.admits(exchange)) {
            throw new RefusedException(Reply.error(
                            401,
                            "Unauthorized",
                            "show the token (web.token): Authorization: Bearer …, or sign in on the page")
                    .with("WWW-Authenticate", CHALLENGE));
        }
        if (route.acts(exchange) && CrossSite.made(exchange, !badges.areNeeded())) {
            throw new RefusedException(
                    403,
                    "CrossSite",
                    "a page of another site asked for this, or a browser that does not say; only edgecam's own page and"
                            + " programs may");
        }
        return route;
    }

    /** A path that ends in {@code *} stands for all in that folder that have none of their own. */
    private @Nullable Route routeAt(String path) {
        Route own = routes.get(path);
        return own != null ? own : routes.get(path.substring(0, path.lastIndexOf('/') + 1) + "*");
    }

    private void checkHost(HttpServerExchange exchange) throws RefusedException {
        var all = exchange.getRequestHeaders().get(Headers.HOST);
        if (all == null || all.size() != 1 || Hosts.nameIn(all.getFirst()).isEmpty()) {
            throw new RefusedException(400, "BadRequest", "a request needs one Host header with a name or an address");
        }
        if (!hosts.welcome(all.getFirst())) {
            throw new RefusedException(
                    421,
                    "WrongHost",
                    named(all.getFirst()) + " is no name of this machine; if it is meant to be one, add it to"
                            + " web.allowedHosts, or call the machine by its address");
        }
    }

    private static String named(String text) {
        return text.length() <= MAX_NAMED_CHARACTERS ? text : text.substring(0, MAX_NAMED_CHARACTERS) + "…";
    }
}
