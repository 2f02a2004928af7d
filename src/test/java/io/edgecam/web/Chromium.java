package io.edgecam.web;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real browser without a window, led over the DevTools protocol. For one thread. */
final class Chromium implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private static final String ANNOUNCEMENT = "DevTools listening on ";
    /** What an expression comes to when the page goes away under it. */
    private static final String NAVIGATED = "navigated";

    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger nextId = new AtomicInteger();
    private final String session;

    Chromium(Path folder) throws Exception {
        this.process = launch(folder);
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address(), new Ears())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String target = call("", "Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .getAsString();
        this.session = call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .getAsString();
        for (String domain : List.of("Page", "Runtime", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    void show(int width, int height, String colorScheme) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        JsonObject feature = new JsonObject();
        feature.addProperty("name", "prefers-color-scheme");
        feature.addProperty("value", colorScheme);
        JsonArray features = new JsonArray();
        features.add(feature);
        call("Emulation.setEmulatedMedia", Map.of("features", features));
    }

    void open(URI page) throws Exception {
        call("Page.navigate", Map.of("url", page.toString()));
    }

    /** The value of an expression in the page, which may be a promise; an empty text if it has none. */
    String evaluate(String expression) throws Exception {
        JsonObject result;
        try {
            result = call(
                    "Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("navigated")) {
                return NAVIGATED;
            }
            throw e;
        }
        JsonElement value = result.getAsJsonObject("result").get("value");
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    /** Waits in the page until the expression is true; fails with what the page shows. */
    void await(String expression) throws Exception {
        String waiting = """
                new Promise((resolve) => {
                  const end = performance.now() + 15000;
                  const look = () => {
                    let there = false;
                    try { there = Boolean(%s); } catch { there = false; }
                    if (there || performance.now() > end) { resolve(String(there)); } else { setTimeout(look, 50); }
                  };
                  look();
                })""".formatted(expression);
        String there = NAVIGATED;
        while (there.equals(NAVIGATED)) {
            there = evaluate(waiting);
        }
        if (!there.equals("true")) {
            throw new AssertionError(expression + " did not come true; the page shows:\n"
                    + evaluate("document.body.innerText") + "\nand complains: " + complaints);
        }
    }

    byte[] screenshot() throws Exception {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                        .get("data")
                        .getAsString());
    }

    /** What the page wrote to the console as an error or a warning, and every exception. */
    List<String> complaints() {
        return new ArrayList<>(complaints);
    }

    @Override
    public void close() {
        socket.sendText("{\"id\": 0, \"method\": \"Browser.close\"}", true).join();
        process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    private static Process launch(Path folder) throws IOException {
        return new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder)
                .redirectErrorStream(true)
                .start();
    }

    private URI address() throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(ANNOUNCEMENT)) {
                Thread drain = new Thread(() -> out.lines().forEach(more -> {}), "chromium-output");
                drain.setDaemon(true);
                drain.start();
                return URI.create(line.substring(ANNOUNCEMENT.length()).strip());
            }
            said.append(line).append('\n');
        }
        throw new IOException("chromium did not start: " + said);
    }

    private JsonObject call(String method, Map<String, Object> parameters) throws Exception {
        return call(session, method, parameters);
    }

    private JsonObject call(String inSession, String method, Map<String, Object> parameters) throws Exception {
        int id = nextId.incrementAndGet();
        JsonObject message = new JsonObject();
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", new Gson().toJsonTree(parameters));
        if (!inSession.isEmpty()) {
            message.addProperty("sessionId", inSession);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        asked.put(id, answer);
        socket.sendText(message.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonObject whole = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!whole.has("result")) {
            throw new IOException(method + ": " + whole);
        }
        return whole.getAsJsonObject("result");
    }

    private void hear(JsonObject message) {
        if (message.has("id")) {
            CompletableFuture<JsonObject> answer =
                    asked.remove(message.get("id").getAsInt());
            if (answer != null) {
                answer.complete(message);
            }
            return;
        }
        String event = message.get("method").getAsString();
        boolean wrong = event.equals("Runtime.exceptionThrown") || event.equals("Log.entryAdded");
        boolean said = event.equals("Runtime.consoleAPICalled")
                && message.getAsJsonObject("params").get("type").getAsString().matches("error|warning");
        if (wrong || said) {
            complaints.add(message.get("params").toString());
        }
    }

    /** Puts the pieces of messages together. */
    private final class Ears implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                hear(JsonParser.parseString(text.toString()).getAsJsonObject());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
