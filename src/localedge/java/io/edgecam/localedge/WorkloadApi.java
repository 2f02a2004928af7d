package io.edgecam.localedge;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The security daemon's workload API, as far as modules use it: the trust bundle, signing, and
 * certificates for their servers. Event loop only. */
final class WorkloadApi {
    private static final Set<String> VERSIONS =
            Set.of("2018-06-28", "2019-01-30", "2019-10-22", "2019-11-05", "2020-07-07", "2021-12-07", "2022-08-03");

    private final World world;
    private final Peers peers;

    WorkloadApi(World world, Peers peers) {
        this.world = world;
        this.peers = peers;
    }

    void asked(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            try {
                answer(request, body);
            } catch (JsonParseException | IllegalArgumentException e) {
                problem(request, 400, "cannot read the request: " + e.getMessage());
            }
        });
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String version = request.getParam("api-version");
        String[] path = request.path().split("/", -1);
        if (version == null || !VERSIONS.contains(version)) {
            problem(request, 400, "api-version " + version + " is none of those known here");
        } else if (request.path().equals("/trust-bundle")) {
            JsonObject answer = new JsonObject();
            answer.addProperty("certificate", world.certificates().authority());
            end(request, 200, answer);
        } else if (path.length == 6 && path[1].equals("modules") && path[3].equals("genid") && path[5].equals("sign")) {
            sign(request, Identity.decoded(path[2]), Json.object(body.toString(StandardCharsets.UTF_8)));
        } else if (path.length == 7
                && path[1].equals("modules")
                && path[3].equals("genid")
                && path[5].equals("certificate")
                && path[6].equals("server")) {
            certify(request, Identity.decoded(path[2]), Json.object(body.toString(StandardCharsets.UTF_8)));
        } else {
            problem(request, 404, "there is no " + request.path());
        }
    }

    private void sign(HttpServerRequest request, String module, JsonObject wish) {
        if (!wish.has("data") || !wish.get("data").isJsonPrimitive()) {
            problem(request, 400, "data is missing");
            return;
        }
        if (!request.method().name().equals("POST")) {
            problem(request, 405, "sign is a POST");
            return;
        }
        Peer peer = peers.of(new Identity(world.settings().deviceId(), module));
        byte[] data = Base64.getDecoder().decode(wish.get("data").getAsString());
        JsonObject answer = new JsonObject();
        answer.addProperty(
                "digest",
                Base64.getEncoder().encodeToString(Sas.hmac(world.keys().of(peer.identity()), data)));
        world.journal().note("signed for " + peer.name());
        end(request, 200, answer);
    }

    /** As the daemon does it: the names are the one that is asked for and the module's; the key is PKCS#8. */
    private void certify(HttpServerRequest request, String module, JsonObject wish) {
        if (!request.method().name().equals("POST")) {
            problem(request, 405, "certificate/server is a POST");
            return;
        }
        if (!wish.has("commonName") || !wish.get("commonName").isJsonPrimitive()) {
            problem(request, 400, "commonName is missing");
            return;
        }
        Instant now = world.clock().instant();
        Instant until = now.plus(world.faults().serverCertificateLife).truncatedTo(ChronoUnit.SECONDS);
        Certificates.Pair pair =
                world.certificates().pair(List.of(wish.get("commonName").getAsString(), module), now, until);
        JsonObject key = new JsonObject();
        key.addProperty("type", "key");
        key.addProperty("bytes", pair.key());
        JsonObject answer = new JsonObject();
        answer.add("privateKey", key);
        answer.addProperty("certificate", pair.chain());
        answer.addProperty("expiration", until.atOffset(ZoneOffset.UTC).toString());
        world.journal().note("server certificate for " + module);
        end(request, 201, answer);
    }

    private void problem(HttpServerRequest request, int status, String message) {
        JsonObject answer = new JsonObject();
        answer.addProperty("message", message);
        world.journal().note("workload API " + status + ": " + message);
        end(request, status, answer);
    }

    private static void end(HttpServerRequest request, int status, JsonObject answer) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(answer.toString());
    }
}
