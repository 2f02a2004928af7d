package io.edgecam.shipping;

import static io.edgecam.shipping.Repository.inside;
import static io.edgecam.shipping.Repository.json;
import static io.edgecam.shipping.Repository.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others read is valid by the schemas that they publish, and the schemas find a mistake where there is one. */
@Timeout(300)
class PublishedSchemasTest {
    private static final String WHOLE = "deployment.template.json";
    private static final String DEBUG = "deployment.debug.template.json";
    private static final String LAYER = "deployment.layered.template.json";

    @TempDir
    Path folder;

    @Test
    void theTemplatesAreTemplatesOfIotEdge() throws Exception {
        assertThat(Schemas.IOTEDGE_TEMPLATE.mistakes(Path.of(WHOLE), Path.of(DEBUG)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Expansion.class)
    void theManifestsThatToolsMakeOfThemAreDeployments(Expansion tool) throws Exception {
        Path whole = written("whole.json", tool.expand(json(WHOLE)));
        Path debug = written("debug.json", tool.expand(json(DEBUG)));
        assertThat(Schemas.IOTEDGE_DEPLOYMENT.mistakes(whole, debug)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {WHOLE, DEBUG})
    void theManifestThatTheScriptMakesIsADeployment(String template) throws Exception {
        assertThat(Schemas.IOTEDGE_DEPLOYMENT.mistakes(ManifestScript.run(folder, template)))
                .isEmpty();
    }

    @Test
    void theLayerMakesADeploymentOfOneThatHasNoCamera() throws Exception {
        JsonObject layered = withoutCamera(Expansion.VSCODE.expand(json(WHOLE)));
        Expansion.VSCODE
                .expand(json(LAYER))
                .getAsJsonObject("modulesContent")
                .asMap()
                .forEach((module, paths) -> lay(paths.getAsJsonObject(), inside(layered, "modulesContent"), module));
        assertThat(layered).isEqualTo(Expansion.VSCODE.expand(json(WHOLE)));
        assertThat(Schemas.IOTEDGE_DEPLOYMENT.mistakes(written("layered.json", layered)))
                .isEmpty();
    }

    @Test
    void theDevelopmentContainerIsOne() throws Exception {
        assertThat(Schemas.DEVCONTAINER.mistakes(Path.of(".devcontainer/devcontainer.json")))
                .isEmpty();
    }

    @Test
    void theExamplesForKubernetesAreWhatItsApiTakes() throws Exception {
        assertThat(Schemas.KUBERNETES.mistakes(
                        KubernetesTest.EXAMPLES.stream().map(Path::of).toArray(Path[]::new)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "IOTEDGE_TEMPLATE, deployment.template.json, restartPolicy, restartPolice",
        "IOTEDGE_TEMPLATE, deployment.debug.template.json, EDGECAM_LOG_LEVEL, EDGECAM.LOG.LEVEL",
        "IOTEDGE_TEMPLATE, deployment.template.json, timeToLiveSecs, timeToLiveSeconds",
        "DEVCONTAINER, .devcontainer/devcontainer.json, forwardPorts, forwardedPorts",
        "DEVCONTAINER, .devcontainer/devcontainer.json, '[1337, 10000]', '1337'",
        "KUBERNETES, docs/kubernetes/rtsp-camera.yaml, readinessProbe, readynessProbe",
        "KUBERNETES, docs/kubernetes/rtsp-camera.yaml, accessModes, accessMode",
        "KUBERNETES, docs/kubernetes/usb-camera.yaml, 'replicas: 1', 'replicas: one'",
        "KUBERNETES, docs/kubernetes/usb-camera.yaml, stringData, strings",
        "KUBERNETES, docs/kubernetes/usb-camera.yaml, 'kind: Service', 'kind: Servant'"
    })
    void aMistakeIsFound(Schemas schema, String file, String right, String wrong) throws Exception {
        String good = text(file);
        assertThat(good).contains(right);
        Path bad = Files.writeString(folder.resolve("bad"), good.replace(right, wrong));
        assertThat(schema.mistakes(bad)).isNotEmpty();
    }

    @Test
    void aMistakeInAManifestIsFound() throws Exception {
        JsonObject manifest = Expansion.VSCODE.expand(json(WHOLE));
        inside(manifest, "modulesContent", "$edgeAgent", "properties.desired", "modules", "CameraModule")
                .addProperty("status", "runing");
        assertThat(Schemas.IOTEDGE_DEPLOYMENT.mistakes(written("bad.json", manifest)))
                .anyMatch(line -> line.contains("CameraModule/status"));
    }

    /** Puts values where the paths of a layer say, as IoT Hub does. */
    private static void lay(JsonObject paths, JsonObject content, String module) {
        if (!content.has(module)) {
            JsonObject fresh = new JsonObject();
            fresh.add("properties.desired", new JsonObject());
            content.add(module, fresh);
        }
        for (Map.Entry<String, JsonElement> entry : paths.entrySet()) {
            String prefix = "properties.desired.";
            assertThat(entry.getKey()).startsWith(prefix);
            List<String> names =
                    List.of(entry.getKey().substring(prefix.length()).split("\\.", -1));
            JsonObject into = inside(content, module, "properties.desired");
            for (String name : names.subList(0, names.size() - 1)) {
                if (!into.has(name)) {
                    into.add(name, new JsonObject());
                }
                into = into.getAsJsonObject(name);
            }
            into.add(names.get(names.size() - 1), entry.getValue());
        }
    }

    private static JsonObject withoutCamera(JsonObject manifest) {
        JsonObject content = inside(manifest, "modulesContent");
        content.remove("CameraModule");
        inside(content, "$edgeAgent", "properties.desired", "modules").remove("CameraModule");
        JsonObject routes = inside(content, "$edgeHub", "properties.desired", "routes");
        List.copyOf(routes.keySet()).forEach(routes::remove);
        return manifest;
    }

    private Path written(String name, JsonObject content) throws IOException {
        return Files.writeString(folder.resolve(name), content.toString());
    }
}
