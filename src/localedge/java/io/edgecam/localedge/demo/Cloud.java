package io.edgecam.localedge.demo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code ./demo call}, {@code twin}, {@code send} and {@code env}: asks the demo that runs as the cloud would. */
public final class Cloud {
    /** With every null: in a patch it takes a property away. */
    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private static final Gson FOR_PEOPLE = JSON.newBuilder().setPrettyPrinting().create();
    private static final int RESPONSE_SECONDS = 120;

    private final JsonObject state;

    private Cloud(JsonObject state) {
        this.state = state;
    }

    /** @param arguments the demo's state file, a command, and what it needs */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            JsonObject state = object(Files.readString(Path.of(arguments[0])));
            System.exit(new Cloud(state).run(arguments));
        } catch (IOException | JsonParseException e) {
            System.err.println("demo: " + e.getMessage());
            System.exit(1);
        }
    }

    private int run(String[] arguments) throws IOException, InterruptedException {
        String first = arguments.length > 2 ? arguments[2] : "";
        String second = arguments.length > 3 ? arguments[3] : "{}";
        return switch (arguments[1]) {
            case "call" -> call(first, second);
            case "twin" -> twin(first);
            case "send" -> send(first);
            case "env" -> environment();
            default -> throw new IOException("there is no command " + arguments[1]);
        };
    }

    private int call(String method, String payload) throws IOException, InterruptedException {
        if (method.isEmpty()) {
            throw new IOException("say which method: ./demo call takePicture '{\"camera\":\"front\"}'");
        }
        JsonObject request = new JsonObject();
        request.addProperty("methodName", method);
        request.addProperty("responseTimeoutInSeconds", RESPONSE_SECONDS);
        request.add("payload", JsonParser.parseString(payload));
        JsonObject answer = ask("POST", twinPath() + "/methods", JSON.toJson(request));
        System.out.println(JSON.toJson(answer));
        return answer.get("status").getAsInt() / 100 == 2 ? 0 : 1;
    }

    private int twin(String patch) throws IOException, InterruptedException {
        if (patch.isEmpty()) {
            System.out.println(FOR_PEOPLE.toJson(ask("GET", twinPath(), "")));
            return 0;
        }
        JsonObject properties = new JsonObject();
        properties.add("desired", object(patch));
        JsonObject body = new JsonObject();
        body.add("properties", properties);
        System.out.println(FOR_PEOPLE.toJson(ask("PATCH", twinPath(), JSON.toJson(body))));
        return 0;
    }

    private int send(String text) throws IOException, InterruptedException {
        ask("POST", "/local-edge/modules/" + text("module") + "/inputs/orders", text);
        System.out.println("sent to the input orders; what becomes of it stands where ./demo runs, and on the page");
        return 0;
    }

    private int environment() {
        for (JsonElement line : state.getAsJsonArray("environment")) {
            System.out.println(line.getAsString());
        }
        return 0;
    }

    private String twinPath() {
        return "/twins/" + text("device") + "/modules/" + text("module");
    }

    private String text(String key) {
        return state.get(key).getAsString();
    }

    private JsonObject ask(String verb, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(text("edge") + path + "?api-version=2021-04-12"))
                .header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the local edge answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body().isBlank() ? new JsonObject() : object(answer.body());
    }

    private static JsonObject object(String text) {
        if (JsonParser.parseString(text) instanceof JsonObject object) {
            return object;
        }
        throw new JsonParseException("this is no JSON object: " + text);
    }
}
