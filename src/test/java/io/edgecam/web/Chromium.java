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
public final class Chromium implements AutoCloseable {
    public static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private static final Path AXE = Path.of("src", "test", "node", "node_modules", "axe-core", "axe.min.js");
    private static final String ANNOUNCEMENT = "DevTools listening on ";
    /** What an expression comes to when the page goes away under it. */
    private static final String NAVIGATED = "navigated";

    private static final int PATIENCE_SECONDS = 30;
    private static final Map<String, Integer> KEY_CODES =
            Map.of("Tab", 9, "Enter", 13, "Escape", 27, " ", 32, "ArrowLeft", 37, "ArrowRight", 39);

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger nextId = new AtomicInteger();
    private final String session;

    public Chromium(Path folder) throws Exception {
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
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    public static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /** @param features of the person who looks, as {@code prefers-color-scheme: dark} */
    public void show(int width, int height, String... features) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        JsonArray list = new JsonArray();
        for (String text : features) {
            JsonObject feature = new JsonObject();
            feature.addProperty("name", text.substring(0, text.indexOf(':')));
            feature.addProperty("value", text.substring(text.indexOf(':') + 1).strip());
            list.add(feature);
        }
        call("Emulation.setEmulatedMedia", Map.of("features", list));
    }

    public void open(URI page) throws Exception {
        call("Page.navigate", Map.of("url", page.toString()));
    }

    /** The value of an expression in the page, which may be a promise; an empty text if it has none. */
    public String evaluate(String expression) throws Exception {
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
    public void await(String expression) throws Exception {
        String waiting = """
                new Promise((resolve) => {
                  const end = performance.now() + 20000;
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

    /** Presses a key as a hand does: to whatever has the focus. */
    public void press(String key) throws Exception {
        Integer code = KEY_CODES.get(key);
        if (code == null) {
            throw new IllegalArgumentException("no code for the key " + key);
        }
        String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        JsonObject down = new JsonObject();
        down.addProperty("type", text.isEmpty() ? "rawKeyDown" : "keyDown");
        down.addProperty("key", key);
        down.addProperty("code", key.equals(" ") ? "Space" : key);
        down.addProperty("windowsVirtualKeyCode", code);
        if (!text.isEmpty()) {
            down.addProperty("text", text);
        }
        call("Input.dispatchKeyEvent", down);
        JsonObject up = down.deepCopy();
        up.addProperty("type", "keyUp");
        up.remove("text");
        call("Input.dispatchKeyEvent", up);
    }

    /** Goes on with the tab key until the element has the focus, as somebody without a mouse does. */
    public void tabTo(String selector) throws Exception {
        String there = "String(document.activeElement === document.querySelector('" + selector + "'))";
        for (int presses = 0; presses < 60; presses++) {
            if (evaluate(there).equals("true")) {
                return;
            }
            press("Tab");
        }
        throw new AssertionError("the tab key does not lead to " + selector);
    }

    public byte[] screenshot() throws Exception {
        return screenshot(new JsonObject());
    }

    /** What is seen of one element. */
    public byte[] screenshot(String selector) throws Exception {
        JsonObject parameters = new JsonObject();
        JsonObject clip =
                JsonParser.parseString(evaluate("""
                        (() => {
                          const {x, y, width, height} = document.querySelector('%s').getBoundingClientRect();
                          return JSON.stringify({x: x + scrollX, y: y + scrollY, width, height, scale: 1});
                        })()""".formatted(selector))).getAsJsonObject();
        parameters.add("clip", clip);
        return screenshot(parameters);
    }

    /** What axe finds wrong with the page as it is now, a line for each rule; empty = nothing. */
    public String axe() throws Exception {
        evaluate(Files.readString(AXE) + "; ''");
        return evaluate("""
                axe.run().then(({violations}) => violations.map(({id, help, nodes}) =>
                  `${id}: ${help}: ${nodes.map(({html}) => html).join(' | ')}`).join('\\n'))""");
    }

    /** What the page wrote to the console as an error or a warning, every exception and every breach of its policy. */
    public List<String> complaints() {
        return new ArrayList<>(complaints);
    }

    /** The addresses of everything that the page asked for, WebSockets too. */
    public List<String> requests() {
        return new ArrayList<>(requests);
    }

    @Override
    public void close() {
        socket.sendText("{\"id\": 0, \"method\": \"Browser.close\"}", true).join();
        process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    private byte[] screenshot(JsonObject parameters) throws Exception {
        parameters.addProperty("format", "png");
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", parameters).get("data").getAsString());
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
        return call(method, new Gson().toJsonTree(parameters));
    }

    private JsonObject call(String method, JsonElement parameters) throws Exception {
        return call(session, method, parameters);
    }

    private JsonObject call(String inSession, String method, Map<String, Object> parameters) throws Exception {
        return call(inSession, method, new Gson().toJsonTree(parameters));
    }

    private JsonObject call(String inSession, String method, JsonElement parameters) throws Exception {
        int id = nextId.incrementAndGet();
        JsonObject message = new JsonObject();
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", parameters);
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
        JsonObject said = message.getAsJsonObject("params");
        switch (message.get("method").getAsString()) {
            case "Runtime.exceptionThrown" -> complaints.add(said.toString());
            case "Runtime.consoleAPICalled" -> complain(said.get("type").getAsString(), said);
            case "Log.entryAdded" ->
                complain(said.getAsJsonObject("entry").get("level").getAsString(), said);
            case "Network.requestWillBeSent" ->
                requests.add(said.getAsJsonObject("request").get("url").getAsString());
            case "Network.webSocketCreated" -> requests.add(said.get("url").getAsString());
            default -> {}
        }
    }

    private void complain(String level, JsonObject said) {
        if (level.matches("error|warning")) {
            complaints.add(said.toString());
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
