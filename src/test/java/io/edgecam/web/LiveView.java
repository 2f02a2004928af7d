package io.edgecam.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client of {@code /live} by the JDK's own WebSocket; it takes a message only when the test asks for one. */
final class LiveView implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Ears ears = new Ears();
    private final WebSocket socket;

    LiveView(Door door, String query) throws Exception {
        this(door.port(), query);
    }

    LiveView(int port, String query) throws Exception {
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/live" + query), ears)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void say(String text) throws InterruptedException, ExecutionException, TimeoutException {
        socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void sayBytes(byte[] bytes) throws InterruptedException, ExecutionException, TimeoutException {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void ping(String text) throws InterruptedException, ExecutionException, TimeoutException {
        socket.sendPing(ByteBuffer.wrap(text.getBytes(UTF_8))).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void sayGoodbye() throws InterruptedException, ExecutionException, TimeoutException {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    Message next() throws InterruptedException {
        socket.request(1);
        Message message = ears.messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came in " + PATIENCE_SECONDS + " s");
        }
        return message;
    }

    /** The next message of this name, whatever comes before it. */
    JsonObject next(String name) throws InterruptedException {
        while (true) {
            Message message = next();
            if (message.closeCode() != 0) {
                throw new AssertionError("the connection was closed: " + message);
            }
            if (message.isNamed(name)) {
                return message.json();
            }
        }
    }

    /** The names of the next list of cameras. */
    List<String> nextCameras() throws InterruptedException {
        List<String> names = new ArrayList<>();
        next("cameras").getAsJsonArray("cameras").forEach(name -> names.add(name.getAsString()));
        return names;
    }

    Message nextPicture() throws InterruptedException {
        Message message = next();
        while (message.body().isEmpty()) {
            if (message.closeCode() != 0) {
                throw new AssertionError("the connection was closed: " + message);
            }
            message = next();
        }
        return message;
    }

    /** How the server ended it, whatever came before. */
    Message end() throws InterruptedException {
        Message message = next();
        while (message.closeCode() == 0) {
            message = next();
        }
        return message;
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** One message: a text, a picture behind its index with a character for each byte, a pong, or the end. */
    record Message(String text, String body, int closeCode) {
        static final int ABORTED = -1;

        JsonObject json() {
            return JsonParser.parseString(text).getAsJsonObject();
        }

        boolean isNamed(String name) {
            return !text.isEmpty() && json().has(name);
        }

        int index() {
            return body.charAt(0);
        }

        byte[] picture() {
            return body.substring(1).getBytes(ISO_8859_1);
        }

        @Override
        public String toString() {
            return text + " " + body.length() + " bytes " + closeCode;
        }
    }

    private static final class Ears implements WebSocket.Listener {
        private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void onOpen(WebSocket webSocket) {}

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(new Message(text.toString(), "", 0));
                text.setLength(0);
            } else {
                webSocket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            try {
                Channels.newChannel(bytes).write(data);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
            if (last) {
                messages.add(new Message("", bytes.toString(ISO_8859_1), 0));
                bytes.reset();
            } else {
                webSocket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer data) {
            String pong = UTF_8.decode(data).toString();
            messages.add(new Message("{\"pong\":\"" + pong + "\"}", "", 0));
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            messages.add(new Message(reason, "", statusCode));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            messages.add(new Message("", "", Message.ABORTED));
        }
    }
}
