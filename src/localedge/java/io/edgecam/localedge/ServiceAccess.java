package io.edgecam.localedge;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Who may use the service side: over TLS whoever holds the service key, or a module for the methods of another one; over
 * plain HTTP, which is there for tools on this machine, also whoever shows nothing, unless it is a web page. Event loop
 * only.
 */
final class ServiceAccess {
    private final World world;

    ServiceAccess(World world) {
        this.world = world;
    }

    /** Why a request is not allowed; empty when it is. */
    Optional<String> wrong(HttpServerRequest request) {
        String token = request.getHeader("Authorization");
        if (request.getHeader("Origin") != null) {
            return Optional.of("web pages may not ask");
        }
        if (token == null && !request.isSSL()) {
            return Optional.empty();
        }
        if (token != null && world.settings().anyServiceKey()) {
            return Optional.empty();
        }
        String caller = request.getHeader("x-ms-edge-moduleId");
        Sas.Checked checked = caller == null
                ? Sas.check(
                        token,
                        world.settings()::isHub,
                        world.keys().service(),
                        world.clock().instant())
                : module(Identity.parse(caller), token == null ? "" : token);
        return checked.wrong();
    }

    private Sas.Checked module(Identity identity, String token) {
        return Sas.check(
                token,
                resource -> identity.isAudience(resource, world.settings()::isHub),
                world.keys().of(identity),
                world.clock().instant());
    }
}
