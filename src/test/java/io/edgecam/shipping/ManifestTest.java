package io.edgecam.shipping;

import static io.edgecam.shipping.Repository.inside;
import static io.edgecam.shipping.Repository.json;
import static io.edgecam.shipping.Repository.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgecam.event.EventType;
import io.edgecam.json.Json;
import io.edgecam.settings.Parsed;
import io.edgecam.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is deployed: the manifest template, and the same texts for those who paste them into the portal. */
@Timeout(30)
class ManifestTest {
    private static final List<String> TEMPLATES =
            List.of("deployment.template.json", "deployment.debug.template.json", "deployment.layered.template.json");

    private static final Pattern ROUTE =
            Pattern.compile("FROM /messages/modules/CameraModule/outputs/(\\w+) INTO \\$upstream");

    private JsonObject content;
    private JsonObject agent;

    @BeforeEach
    void readTheTemplate() throws Exception {
        content = json("deployment.template.json").getAsJsonObject("modulesContent");
        agent = inside(content, "$edgeAgent", "properties.desired");
    }

    @Test
    void isMadeForTheRuntimeThatIsSupported() throws Exception {
        assertThat(json("deployment.template.json").get("$schema-template").getAsString())
                .isEqualTo("4.0.0");
        assertThat(agent.get("schemaVersion").getAsString()).isEqualTo("1.1");
        assertThat(hub().get("schemaVersion").getAsString()).isEqualTo("1.1");
        assertThat(settings("systemModules", "edgeAgent").get("image").getAsString())
                .isEqualTo("mcr.microsoft.com/azureiotedge-agent:1.6");
        assertThat(settings("systemModules", "edgeHub").get("image").getAsString())
                .isEqualTo("mcr.microsoft.com/azureiotedge-hub:1.6");
    }

    @Test
    void startsTheCameraAfterTheHub() {
        int hub = inside(agent, "systemModules", "edgeHub").get("startupOrder").getAsInt();
        assertThat(inside(agent, "modules", "CameraModule").get("startupOrder").getAsInt())
                .isGreaterThan(hub);
    }

    @ParameterizedTest
    @EnumSource(Expansion.class)
    void createOptionsSurviveBeingCutIntoPieces(Expansion tool) throws Exception {
        for (String template : TEMPLATES) {
            JsonObject manifest = tool.expand(json(template));
            JsonObject modules = modules(manifest);
            assertThat(modules.asMap()).as(template).isNotEmpty();
            for (Map.Entry<String, JsonElement> module : modules.asMap().entrySet()) {
                JsonObject settings = module.getValue().getAsJsonObject().getAsJsonObject("settings");
                assertThat(Expansion.joined(settings))
                        .as(template + " " + module.getKey())
                        .isEqualTo(modules(json(template))
                                .getAsJsonObject(module.getKey())
                                .getAsJsonObject("settings")
                                .get("createOptions"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "deployment.template.json, config/deployment.amd64.json",
        "deployment.debug.template.json, config/deployment.debug.amd64.json",
        "deployment.layered.template.json, config/deployment.layered.amd64.json"
    })
    void theScriptMakesTheSameManifestAsVsCode(String template, String manifest, @TempDir Path folder)
            throws Exception {
        Path made = ManifestScript.run(folder, template);

        assertThat(folder.relativize(made)).hasToString(manifest);
        String repository = "registry.example.com/edgecam:"
                + inside(json("modules/CameraModule/module.json"), "image", "tag")
                        .get("version")
                        .getAsString();
        JsonObject filled = Json.parseObject(Expansion.VSCODE.filled(
                text(template),
                name -> ManifestScript.VALUES
                        .getOrDefault(name, repository + "-" + (name.endsWith(".debug") ? "amd64.debug" : "amd64"))
                        .replace("\"", "\\\"")));
        assertThat(Json.parseObject(Files.readString(made))).isEqualTo(Expansion.VSCODE.expand(filled));
    }

    @Test
    void theVariablesOfTheToolsLeaveNothingToFillIn() throws Exception {
        for (String template : TEMPLATES) {
            String filled = Expansion.VSCODE.filled(text(template), name -> "x");
            assertThat(filled).as(template).doesNotContainPattern("\\$(?!edgeAgent|edgeHub|upstream|schema-template)");
        }
    }

    @Test
    void theManifestForDebuggingDiffersByTheDebuggersDoorOnly() throws Exception {
        JsonObject debug = json("deployment.debug.template.json");
        JsonObject module = modules(debug).getAsJsonObject("CameraModule");
        JsonObject options = inside(module, "settings", "createOptions");

        assertThat(inside(module, "settings").remove("image").getAsString()).isEqualTo("${MODULES.CameraModule.debug}");
        inside(module, "settings").addProperty("image", "${MODULES.CameraModule}");
        assertThat(inside(module, "env", "EDGECAM_LOG_LEVEL").remove("value").getAsString())
                .isEqualTo("DEBUG");
        inside(module, "env", "EDGECAM_LOG_LEVEL").addProperty("value", "INFO");
        assertThat(inside(options, "ExposedPorts").remove("5005/tcp")).isNotNull();
        JsonElement door = inside(options, "HostConfig", "PortBindings").remove("5005/tcp");
        assertThat(door.getAsJsonArray().get(0).getAsJsonObject().get("HostIp").getAsString())
                .as("whoever reaches the port controls the process")
                .isEqualTo("127.0.0.1");
        assertThat(debug).isEqualTo(json("deployment.template.json"));
    }

    @Test
    void theLayerAddsTheSameModuleRoutesAndSettings() throws Exception {
        JsonObject layer = json("deployment.layered.template.json").getAsJsonObject("modulesContent");

        assertThat(layer.getAsJsonObject("$edgeAgent").get("properties.desired.modules.CameraModule"))
                .isEqualTo(inside(agent, "modules").get("CameraModule"));
        JsonObject routes = new JsonObject();
        layer.getAsJsonObject("$edgeHub")
                .asMap()
                .forEach((path, route) -> routes.add(path.replace("properties.desired.routes.", ""), route));
        assertThat(routes).isEqualTo(hub().getAsJsonObject("routes"));

        JsonObject desired = new JsonObject();
        JsonObject cameras = new JsonObject();
        layer.getAsJsonObject("CameraModule").asMap().forEach((path, value) -> {
            String name = path.replace("properties.desired.", "");
            (name.startsWith("cameras.") ? cameras : desired).add(name.replace("cameras.", ""), value);
        });
        desired.add("cameras", cameras);
        assertThat(desired).isEqualTo(inside(content, "CameraModule", "properties.desired"));
    }

    @Test
    void logsAreCutOffAndSmallProcessesReaped() throws Exception {
        for (Map.Entry<String, JsonElement> module :
                modules(json("deployment.template.json")).asMap().entrySet()) {
            JsonObject log =
                    inside(module.getValue().getAsJsonObject(), "settings", "createOptions", "HostConfig", "LogConfig");
            assertThat(log.getAsJsonObject("Config").asMap())
                    .as(module.getKey())
                    .containsKeys("max-size", "max-file");
        }
        JsonObject host = inside(settings("modules", "CameraModule"), "createOptions", "HostConfig");
        assertThat(host.get("Init").getAsBoolean()).isTrue();
    }

    @Test
    void theCameraHasItsDeviceAndNoPrivileges() throws Exception {
        JsonObject host = inside(settings("modules", "CameraModule"), "createOptions", "HostConfig");
        assertThat(text("deployment.template.json")).doesNotContainIgnoringCase("privileged");
        assertThat(host.getAsJsonArray("CapDrop")).containsExactly(new JsonPrimitive("ALL"));
        assertThat(host.has("CapAdd")).isFalse();
        assertThat(host.getAsJsonArray("SecurityOpt")).containsExactly(new JsonPrimitive("no-new-privileges"));
        assertThat(host.get("ReadonlyRootfs").getAsBoolean()).isTrue();
        assertThat(host.getAsJsonArray("GroupAdd"))
                .as("the number of the host's group: a name would be looked up in the image")
                .allMatch(group -> group.getAsString().matches("\\d+"));
    }

    @Test
    void theSettingsUseWhatTheContainerIsGiven() {
        JsonObject host = inside(settings("modules", "CameraModule"), "createOptions", "HostConfig");
        JsonObject desired = inside(content, "CameraModule", "properties.desired");
        List<String> devices = host.getAsJsonArray("Devices").asList().stream()
                .map(device -> device.getAsJsonObject().get("PathInContainer").getAsString())
                .toList();
        assertThat(desired.getAsJsonObject("cameras").asMap().values())
                .allMatch(camera ->
                        devices.contains(camera.getAsJsonObject().get("source").getAsString()));
        assertThat(host.getAsJsonObject("PortBindings")
                        .has(inside(desired, "web").get("port").getAsInt() + "/tcp"))
                .isTrue();
        String spool = inside(desired, "spool").get("folder").getAsString();
        assertThat(host.getAsJsonArray("Binds"))
                .anyMatch(bind -> bind.getAsString().endsWith(":" + spool));
    }

    @Test
    void theSettingsAreTakenOnceTheSecretsAreIn() {
        JsonObject desired = inside(content, "CameraModule", "properties.desired");
        inside(desired, "storage")
                .addProperty("sasUrl", "https://account.blob.core.windows.net/webcam?sv=2024-11-04&sp=cw&sig=x");
        inside(desired, "web").addProperty("token", "a-long-random-word");
        assertThat(Settings.read(desired, Map.of())).isInstanceOf(Parsed.Valid.class);
    }

    @Test
    void everyOutputHasOneRouteAndEveryRouteAnOutput() {
        List<String> outputs = routes().values().stream()
                .map(route -> {
                    Matcher matcher = ROUTE.matcher(route);
                    assertThat(matcher.matches()).as(route).isTrue();
                    return matcher.group(1);
                })
                .toList();
        assertThat(outputs)
                .containsExactlyInAnyOrderElementsOf(Stream.of(EventType.Output.values())
                        .map(EventType.Output::word)
                        .toList());
    }

    @Test
    void alertsGoFirst() {
        Map<String, JsonElement> routes = hub().getAsJsonObject("routes").asMap();
        int alerts = priority(routes.get("CameraAlerts"));
        assertThat(alerts).isZero();
        assertThat(priority(routes.get("CameraPictures"))).isGreaterThan(alerts);
        assertThat(priority(routes.get("CameraStatus"))).isGreaterThan(alerts);
    }

    @Test
    void thePortalsTextsSayTheSame() throws Exception {
        assertThat(json("docs/portal/create-options.json"))
                .isEqualTo(inside(settings("modules", "CameraModule"), "createOptions"));

        JsonObject pasted = json("docs/portal/module-twin.json");
        JsonObject desired =
                inside(content, "CameraModule", "properties.desired").deepCopy();
        inside(desired, "storage").add("sasUrl", inside(pasted, "storage").get("sasUrl"));
        inside(desired, "web").add("token", inside(pasted, "web").get("token"));
        assertThat(pasted).isEqualTo(desired);

        Map<String, String> pastedRoutes = new TreeMap<>();
        text("docs/portal/routes.txt")
                .lines()
                .map(line -> line.split("\\s+", 2))
                .forEach(line -> pastedRoutes.put(line[0], line[1]));
        assertThat(pastedRoutes).isEqualTo(routes());

        Map<String, String> environment = new TreeMap<>();
        inside(agent, "modules", "CameraModule", "env")
                .asMap()
                .forEach((name, value) -> environment.put(
                        name, value.getAsJsonObject().get("value").getAsString()));
        Map<String, String> pastedEnvironment = new TreeMap<>();
        text("docs/portal/environment.txt")
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(line -> pastedEnvironment.put(line[0], line[1]));
        assertThat(pastedEnvironment).isEqualTo(environment);
    }

    @Test
    void everyVariableStandsInTheExampleEnvironment() throws Exception {
        String example = text(".env.example");
        StringBuilder used = new StringBuilder(text("modules/CameraModule/module.json"));
        for (String template : TEMPLATES) {
            used.append(text(template));
        }
        Pattern.compile("\\$\\{?([A-Z][A-Z_]+)\\b(?!\\.)")
                .matcher(used)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .forEach(name -> assertThat(example).containsPattern("(?m)^" + name + "="));
        assertThat(used.toString()).contains("$BLOB_SAS_URL", "$CONTAINER_REGISTRY_SERVER");
    }

    /** All modules of a manifest, whole or layered, with their settings. */
    private static JsonObject modules(JsonObject manifest) {
        JsonObject all = new JsonObject();
        JsonObject edgeAgent = inside(manifest, "modulesContent", "$edgeAgent");
        edgeAgent.asMap().forEach((path, value) -> {
            if (path.equals("properties.desired")) {
                for (String kind : List.of("systemModules", "modules")) {
                    inside(value.getAsJsonObject(), kind).asMap().forEach(all::add);
                }
            } else {
                all.add(path.substring(path.lastIndexOf('.') + 1), value);
            }
        });
        return all;
    }

    private Map<String, String> routes() {
        Map<String, String> routes = new TreeMap<>();
        hub().getAsJsonObject("routes")
                .asMap()
                .forEach((name, route) ->
                        routes.put(name, route.getAsJsonObject().get("route").getAsString()));
        return routes;
    }

    private JsonObject hub() {
        return inside(content, "$edgeHub", "properties.desired");
    }

    private JsonObject settings(String kind, String module) {
        return inside(agent, kind, module, "settings");
    }

    private static int priority(JsonElement route) {
        return route.getAsJsonObject().get("priority").getAsInt();
    }
}
