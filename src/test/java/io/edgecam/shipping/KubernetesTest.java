package io.edgecam.shipping;

import static io.edgecam.shipping.Repository.inside;
import static io.edgecam.shipping.Repository.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import io.edgecam.json.MergePatch;
import io.edgecam.settings.Parsed;
import io.edgecam.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The examples for Kubernetes, beyond their schema: the parts fit each other, the module, and the image. */
@Timeout(300)
class KubernetesTest {
    static final List<String> EXAMPLES = List.of("docs/kubernetes/rtsp-camera.yaml", "docs/kubernetes/usb-camera.yaml");
    private static final List<Source> SOURCES = List.of(
            new Source("configMap", "name", "ConfigMap"),
            new Source("secret", "secretName", "Secret"),
            new Source("persistentVolumeClaim", "claimName", "PersistentVolumeClaim"));

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void theSettingsAreTakenOnceTheSecretsAreIn(String example) throws Exception {
        List<JsonObject> all = documents(example);
        JsonObject settings = embedded(inside(one(all, "ConfigMap"), "data"), "settings.json");
        JsonObject secrets = embedded(inside(one(all, "Secret"), "stringData"), "secrets.json");
        inside(secrets, "storage").addProperty("sasUrl", "https://a.blob.core.windows.net/webcam?sv=1&sp=cw&sig=x");

        JsonObject laidOver = MergePatch.apply(settings, secrets);
        assertThat(Settings.read(laidOver, Map.of())).isInstanceOf(Parsed.Valid.class);
        String spool = inside(laidOver, "spool").get("folder").getAsString();
        assertThat(words(container(all), "volumeMounts", "mountPath")).contains(spool, "/tmp");
    }

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void everyNameLeadsToSomething(String example) throws Exception {
        List<JsonObject> all = documents(example);
        JsonObject deployment = one(all, "Deployment");
        JsonObject template = inside(deployment, "spec", "template");
        JsonObject labels = inside(template, "metadata", "labels");
        assertThat(inside(deployment, "spec", "selector", "matchLabels")).isEqualTo(labels);
        assertThat(inside(one(all, "Service"), "spec", "selector")).isEqualTo(labels);

        List<String> ports = words(container(all), "ports", "name");
        assertThat(words(inside(one(all, "Service"), "spec"), "ports", "targetPort"))
                .allMatch(ports::contains);
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertThat(inside(container(all), probe, "httpGet").get("port").getAsString())
                    .isIn(ports);
        }
        JsonObject pod = inside(template, "spec");
        assertThat(words(container(all), "volumeMounts", "name"))
                .containsExactlyInAnyOrderElementsOf(words(pod, "volumes", "name"));
        for (JsonElement volume : pod.getAsJsonArray("volumes")) {
            for (Source source : SOURCES) {
                JsonObject of = volume.getAsJsonObject().getAsJsonObject(source.volume);
                if (of != null) {
                    assertThat(inside(one(all, source.kind), "metadata").get("name"))
                            .isEqualTo(of.get(source.name));
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void thePodHasNoPrivilegesAndTheUserOfTheImage(String example) throws Exception {
        List<JsonObject> all = documents(example);
        JsonObject pod = inside(one(all, "Deployment"), "spec", "template", "spec");
        JsonObject security = pod.getAsJsonObject("securityContext");
        JsonObject own = container(all).getAsJsonObject("securityContext");
        assertThat(security.get("runAsNonRoot").getAsBoolean()).isTrue();
        assertThat(text("Dockerfile.amd64"))
                .containsPattern(
                        Pattern.compile("(?m)^USER " + security.get("runAsUser").getAsInt() + "\\b"));
        assertThat(own.get("allowPrivilegeEscalation").getAsBoolean()).isFalse();
        assertThat(own.get("readOnlyRootFilesystem").getAsBoolean()).isTrue();
        assertThat(inside(own, "capabilities").get("drop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(pod.get("automountServiceAccountToken").getAsBoolean()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void theFilesThatTheModuleIsGivenAreMounted(String example) throws Exception {
        List<JsonObject> all = documents(example);
        List<String> folders = words(container(all), "volumeMounts", "mountPath");
        List<String> arguments = container(all).getAsJsonArray("args").asList().stream()
                .map(JsonElement::getAsString)
                .filter(argument -> !argument.equals("--settings"))
                .toList();
        assertThat(arguments)
                .hasSize(2)
                .allMatch(file -> folders.contains(String.valueOf(Path.of(file).getParent())));
    }

    private static List<JsonObject> documents(String example) throws Exception {
        List<JsonObject> all = new ArrayList<>();
        JsonParser.parseString(Schemas.json(Path.of(example)))
                .getAsJsonArray()
                .forEach(document -> all.add(document.getAsJsonObject()));
        return all;
    }

    private static JsonObject one(List<JsonObject> all, String kind) {
        List<JsonObject> found = all.stream()
                .filter(document -> document.get("kind").getAsString().equals(kind))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }

    private static JsonObject container(List<JsonObject> all) {
        JsonArray containers =
                inside(one(all, "Deployment"), "spec", "template", "spec").getAsJsonArray("containers");
        assertThat(containers).hasSize(1);
        return containers.get(0).getAsJsonObject();
    }

    private static JsonObject embedded(JsonObject data, String file) throws JsonException {
        return Json.parseObject(data.get(file).getAsString());
    }

    private static List<String> words(JsonObject from, String list, String name) {
        return StreamSupport.stream(from.getAsJsonArray(list).spliterator(), false)
                .map(item -> item.getAsJsonObject().get(name).getAsString())
                .toList();
    }

    /** A kind of volume, and what its name is the name of. */
    private record Source(String volume, String name, String kind) {}
}
