package io.edgecam.web;

import io.undertow.io.Receiver;
import io.undertow.server.HttpServerExchange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads the body of a request without a thread that waits for it. */
final class Body {
    static final int MAX_BYTES = 16 * 1024;

    private Body() {}

    /** Hands on the whole text, or answers why it does not; whoever does not send it in time is cut off. */
    static void read(HttpServerExchange exchange, Duration patience, Consumer<String> whole) {
        Receiver receiver = exchange.getRequestReceiver();
        receiver.setMaxBufferSize(MAX_BYTES);
        Deadline.of(exchange, patience)
                .ifPresent(deadline -> receiver.receiveFullBytes(
                        (read, bytes) -> {
                            deadline.met();
                            whole.accept(new String(bytes, StandardCharsets.UTF_8));
                        },
                        (read, failure) -> {
                            deadline.met();
                            refuse(read);
                        }));
    }

    private static void refuse(HttpServerExchange exchange) {
        Reply.error(413, "TooLarge", "the body of a request may have " + MAX_BYTES + " bytes and must come whole")
                .send(exchange);
    }
}
