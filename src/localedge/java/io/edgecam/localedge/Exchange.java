package io.edgecam.localedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One request to the service side and its answer, with errors in IoT Hub's form. Event loop only. */
final class Exchange {
    private final Journal journal;
    private final HttpServerRequest request;

    Exchange(Journal journal, HttpServerRequest request) {
        this.journal = journal;
        this.request = request;
    }

    /** Microsoft's Java client sends a PATCH as a POST with a header. */
    String verb() {
        return header("X-HTTP-Method-Override").orElse(request.method().name());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    void answer(int status, JsonElement body) {
        if (!request.response().closed()) {
            request.response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/json; charset=utf-8")
                    .end(body.toString());
        }
        journal.note("service " + verb() + " " + request.path() + " " + status);
    }

    void problem(int status, String code, String message) {
        request.response().putHeader("iothub-errorcode", code);
        error(status, "ErrorCode:" + code + ";" + message);
    }

    void methodResult(MethodResult result) {
        if (result.answered()) {
            JsonObject body = new JsonObject();
            body.addProperty("status", result.status());
            body.add("payload", result.payload());
            answer(200, body);
        } else if (result.status() == 400) {
            problem(400, "ArgumentInvalid", result.object().get("message").getAsString());
        } else {
            JsonObject inner = new JsonObject();
            inner.addProperty("errorCode", result.status() == 404 ? 404_103 : 504_101);
            inner.addProperty("trackingId", trackingId());
            inner.addProperty("message", result.object().get("message").getAsString());
            inner.addProperty("timestampUtc", Instant.now().toString());
            request.response()
                    .putHeader("iothub-errorcode", result.status() == 404 ? "DeviceNotOnline" : "DeviceTimeout");
            error(result.status(), inner.toString());
        }
    }

    private void error(int status, String message) {
        JsonObject body = new JsonObject();
        body.addProperty("Message", message);
        body.addProperty("ExceptionMessage", "Tracking ID:" + trackingId());
        answer(status, body);
    }

    private static String trackingId() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
