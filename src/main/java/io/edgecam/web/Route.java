package io.edgecam.web;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is done at one path.
 *
 * @param looks methods of HTTP that change nothing
 * @param acts methods that change something, so that pages of other sites may not use them
 * @param open whether it needs no token
 */
record Route(Set<HttpString> looks, Set<HttpString> acts, boolean open, Action action) {
    private static final Set<HttpString> READING = Set.of(Methods.GET, Methods.HEAD);

    Route {
        looks = Set.copyOf(looks);
        acts = Set.copyOf(acts);
    }

    /** Something to look at. */
    static Route look(Action action) {
        return new Route(READING, Set.of(), false, action);
    }

    /** Something for everyone to look at. */
    static Route open(Action action) {
        return new Route(READING, Set.of(), true, action);
    }

    /** Something that changes something, by these methods. */
    static Route act(Action action, HttpString... methods) {
        return new Route(Set.of(), Set.of(methods), false, action);
    }

    /** For those who are to get the token's cookie. */
    Route withoutToken() {
        return new Route(looks, acts, true, action);
    }

    /** Looked at by GET, changed by POST. */
    Route andPost() {
        return new Route(looks, Set.of(Methods.POST), open, action);
    }

    boolean acts(HttpServerExchange exchange) {
        return acts.contains(exchange.getRequestMethod());
    }

    Optional<Reply> refusesMethod(HttpServerExchange exchange) {
        HttpString method = exchange.getRequestMethod();
        if (looks.contains(method) || acts.contains(method)) {
            return Optional.empty();
        }
        String allowed = Stream.concat(looks.stream(), acts.stream())
                .map(HttpString::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        return Optional.of(Reply.error(405, "MethodNotAllowed", exchange.getRequestPath() + " takes " + allowed)
                .with("Allow", allowed));
    }

    /** Runs on the I/O thread and must not block: it sends a reply, or gives the work to a {@link Desk}. */
    interface Action {
        void run(HttpServerExchange exchange) throws RefusedException;
    }
}
