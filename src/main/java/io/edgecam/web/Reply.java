package io.edgecam.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.contract.Answer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One whole answer over HTTP, made on any thread and sent once. Its headers come on top of the {@link SafeHeaders}. */
record Reply(int status, String contentType, ByteBuffer body, Map<String, String> headers) {
    /** So long may a reader take for one answer. */
    private static final Duration READING = Duration.ofSeconds(30);

    private static final String JSON = "application/json";

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply of(int status, String contentType, ByteBuffer body) {
        return new Reply(status, contentType, body, Map.of());
    }

    static Reply json(int status, JsonElement json) {
        return of(status, JSON, ByteBuffer.wrap(json.toString().getBytes(StandardCharsets.UTF_8)));
    }

    static Reply of(Answer answer) {
        return json(answer.status(), answer.body());
    }

    static Reply empty() {
        return of(204, "", ByteBuffer.allocate(0));
    }

    static Reply error(int status, String code, String message) {
        return error(status, code, message, List.of());
    }

    /** @param problems each a sentence of its own, about the module as a whole */
    static Reply error(int status, String code, String message, List<String> problems) {
        JsonArray details = new JsonArray();
        for (String problem : problems) {
            JsonObject detail = new JsonObject();
            detail.addProperty("path", "");
            detail.addProperty("problem", problem);
            details.add(detail);
        }
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        error.add("details", details);
        JsonObject body = new JsonObject();
        body.add("error", error);
        return json(status, body);
    }

    /** Its body, of one that is text. */
    String text() {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }

    Reply with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more);
    }

    /** To someone who has gone, or was cut off, there is nothing to say. */
    void send(HttpServerExchange exchange) {
        if (exchange.isComplete()) {
            return;
        }
        exchange.setStatusCode(status);
        headers.forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        if (!contentType.isEmpty()) {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
        }
        Deadline.of(exchange, READING).ifPresent(deadline -> {
            exchange.addExchangeCompleteListener((done, next) -> {
                deadline.met();
                next.proceed();
            });
            exchange.getResponseSender().send(body.duplicate());
        });
    }
}
