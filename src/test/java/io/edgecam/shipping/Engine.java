package io.edgecam.shipping;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Docker engine that {@code DOCKER_HOST} names. Containers are made through its API with create options as they stand
 * in a manifest, which is how edgeAgent makes them; everything else through its command. For any number of threads.
 */
final class Engine {
    private final String socket = System.getenv()
            .getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock")
            .replaceFirst("^unix://", "");

    /** Makes a container that does not run yet. */
    Container create(String image, JsonObject createOptions, Map<String, String> environment)
            throws IOException, InterruptedException {
        JsonObject body = createOptions.deepCopy();
        body.addProperty("Image", image);
        JsonArray variables = new JsonArray();
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        body.add("Env", variables);
        List<String> request = new ArrayList<>(List.of("curl", "-sS", "--unix-socket", socket));
        request.addAll(List.of("-H", "Content-Type: application/json", "-d", body.toString()));
        request.add("http://engine/containers/create");
        String answer = output(request);
        JsonObject made = object(answer);
        if (!made.has("Id")) {
            throw new IOException("the engine does not take the create options: " + answer);
        }
        return new Container(this, made.get("Id").getAsString());
    }

    /** @return what it wrote, without white space around it */
    String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return output(command);
    }

    /** Whether the command ended with 0. */
    boolean dockerAgrees(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    JsonObject inspect(String name) throws IOException, InterruptedException {
        return object(docker("inspect", "--format", "{{json .}}", name));
    }

    /** Standard output alone: on standard error the engine warns that an image is of another processor. */
    private static String output(List<String> command) throws IOException, InterruptedException {
        Path complaints = Files.createTempFile("edgecam-engine", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(complaints.toFile())
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + said + Files.readString(complaints));
            }
            return said;
        } finally {
            Files.delete(complaints);
        }
    }

    private static JsonObject object(String text) throws IOException {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("the engine answered " + text, e);
        }
    }
}
