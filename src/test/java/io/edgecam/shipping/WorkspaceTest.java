package io.edgecam.shipping;

import static io.edgecam.shipping.Repository.json;
import static io.edgecam.shipping.Repository.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a developer opens: the editor's files, the script of continuous integration; and that no secret lies about. */
@Timeout(30)
class WorkspaceTest {
    private static final Set<String> SKIPPED =
            Set.of(".git", "target", "src", "node_modules", "config", ".env", ".idea", ".settings");
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("(?i)(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{20,}"),
            Pattern.compile("(?i)[?&]sig=[A-Za-z0-9%+/]{20,}"),
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
            Pattern.compile("://[^/\\s:@\"<]+:[^/\\s@\"<]+@"),
            Pattern.compile(
                    "(?m)^(?:BLOB_\\w+|WEB_TOKEN|CONTAINER_REGISTRY_PASSWORD|EdgeHubConnectionString)=[^\\s$<]+"));

    @Test
    void launchStartsTheModuleAndAttachesToOne() throws Exception {
        JsonObject launch = json(".vscode/launch.json");
        List<JsonObject> ways = launch.getAsJsonArray("configurations").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
        assertThat(ways)
                .filteredOn(way -> word(way, "request").equals("launch"))
                .isNotEmpty()
                .allMatch(way -> word(way, "mainClass").equals("io.edgecam.Main"));
        assertThat(ways)
                .filteredOn(way -> word(way, "request").equals("attach"))
                .singleElement()
                .matches(way -> way.get("port").getAsInt() == 5005);
        List<String> asked = launch.getAsJsonArray("inputs").asList().stream()
                .map(input -> word(input.getAsJsonObject(), "id"))
                .toList();
        List<String> used = Pattern.compile("\\$\\{input:(\\w+)}")
                .matcher(launch.toString())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(used).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void theModuleIsStartedAtALocalEdgeThatATaskStarts() throws Exception {
        List<String> wanted = texts(json(".vscode/launch.json").getAsJsonArray("configurations"), "preLaunchTask");
        JsonArray tasks = json(".vscode/tasks.json").getAsJsonArray("tasks");

        assertThat(wanted).hasSize(1);
        assertThat(texts(tasks, "label")).containsAll(wanted).containsAll(texts(tasks, "dependsOn"));
        assertThat(texts(tasks, "command")).contains("src/localedge/start.sh");
        assertThat(Path.of("src/localedge/start.sh")).isExecutable();
        assertThat(texts(json(".vscode/launch.json").getAsJsonArray("configurations"), "envFile"))
                .contains("${workspaceFolder}/target/local-edge.env");
        assertThat(text("src/localedge/start.sh")).contains("environment=target/local-edge.env\n");
    }

    @Test
    void theDevelopmentContainerIsOfTheNewForm() throws Exception {
        JsonObject container = json(".devcontainer/devcontainer.json");
        assertThat(container.asMap())
                .as("settings and extensions belong under customizations.vscode since 2022")
                .doesNotContainKeys("settings", "extensions", "appPort")
                .containsKeys("image", "customizations", "postCreateCommand");
        JsonArray ports = container.getAsJsonArray("forwardPorts");
        assertThat(ports.toString()).isEqualTo("[1337,10000]");
    }

    @Test
    void theDevelopmentContainerInstallsWhatContinuousIntegrationDoes() throws Exception {
        JsonObject container = json(".devcontainer/devcontainer.json");
        List<String> needed = Pattern.compile("(?m)(?:^need \\S+ |missing\\+=\\()([a-z][a-z0-9-]+)\\)?$")
                .matcher(text(".ci/run"))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(needed).contains("openjdk-17-jdk-headless", "maven", "ffmpeg", "chromium", "jq");
        assertThat(List.of(word(container, "onCreateCommand").split(" ", -1)))
                .as("Node comes as a feature, Debian's is too old")
                .containsAll(needed);
        assertThat(container.getAsJsonObject("features").keySet()).anyMatch(feature -> feature.contains("/node:"));
    }

    @Test
    void continuousIntegrationRunsTheWholeBuild() throws Exception {
        assertThat(Path.of(".ci/run")).isExecutable();
        assertThat(text(".ci/run"))
                .startsWith("#!/usr/bin/env bash\n")
                .contains("\nset -euo pipefail\n")
                .contains("\nmvn -B -ntp verify\n", "src/test/images.sh amd64 ");
        assertThat(Path.of("src/test/images.sh")).isExecutable();
    }

    @Test
    void noSecretLiesAbout() throws Exception {
        try (Stream<Path> top = Files.list(Path.of(""))) {
            for (Path path :
                    top.filter(one -> !SKIPPED.contains(one.toString())).toList()) {
                lookThrough(path);
            }
        }
    }

    private static void lookThrough(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(one -> !one.toString().matches(".*\\.(png|jpg|jar)"))
                    .toList()) {
                String content = Files.readString(file);
                SECRETS.forEach(
                        secret -> assertThat(content).as(file.toString()).doesNotContainPattern(secret));
            }
        }
    }

    /** What the objects of a list have under a name, where they have it. */
    private static List<String> texts(JsonArray objects, String name) {
        return objects.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(one -> one.has(name))
                .map(one -> word(one, name))
                .toList();
    }

    private static String word(JsonObject from, String name) {
        return from.get(name).getAsString();
    }
}
