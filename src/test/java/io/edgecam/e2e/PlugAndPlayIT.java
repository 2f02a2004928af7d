package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.event.EventType;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.Telemetry;
import io.edgecam.plugandplay.DtdlModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The module announces its Plug and Play model, and everything that it sends is what the model says. */
@Timeout(240)
class PlugAndPlayIT {
    /** DTDL has no name twice in an interface, and these are properties. */
    private static final Set<String> NAMED_TWICE = Set.of("module", "cameras", "spool");
    /** Only of a damaged file of the spool. */
    private static final Set<String> HARD_TO_COME_BY = Set.of("file");

    private static final Pattern KNOWN = Pattern.compile("is not known here; known: \\[([^\\]]*)]");

    @TempDir
    static Path folder;

    private static World world;
    private static DtdlModel model;
    private static Path shelf;

    @BeforeAll
    static void start() throws Exception {
        model = DtdlModel.read();
        world = World.start(folder);
        byte[] still = world.blob(world.take("{}")).downloadContent().toBytes();
        shelf = Files.createDirectory(folder.resolve("shelf"));
        Files.write(shelf.resolve("still.jpg"), still);
        patch("""
                {"telemetry": {"heartbeatSeconds": 1},
                 "cameras": {"front": {"privacyMasks": [[[0, 0], [0.1, 0], [0.1, 0.1]]]},
                             "shelf": {"source": "folder:%s", "framerate": 5, "warmUpSeconds": 0, "idleCloseSeconds": 0}}}
                """.formatted(shelf));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void theModelIsAnnounced() {
        assertThat(world.camera.modelId()).isEqualTo(model.id());
    }

    @Test
    void everyPropertyIsReportedAsTheModelSays() {
        Map<String, JsonObject> properties = model.contents("Property");
        JsonObject reported =
                world.camera.awaitReported(now -> now.keySet().containsAll(properties.keySet()), World.PATIENCE);
        List<String> problems = new ArrayList<>();
        reported.asMap().forEach((name, value) -> {
            JsonObject property = properties.get(name);
            if (property == null) {
                assertThat(name).startsWith("$");
            } else if (property.has("writable")) {
                JsonObject acknowledgement = value.getAsJsonObject();
                assertThat(acknowledgement.keySet()).containsExactlyInAnyOrder("value", "ac", "av", "ad");
                problems.addAll(DtdlModel.problems(property.get("schema"), name, acknowledgement.get("value")));
            } else {
                problems.addAll(DtdlModel.problems(property.get("schema"), name, value));
            }
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void itsCommandsAreTheMethodsOfTheModule() {
        String message = world.call("noSuchMethod", "{}").object().toString();
        Matcher known = Pattern.compile("known here: ([A-Za-z, ]+)").matcher(message);
        assertThat(known.find()).as(message).isTrue();
        assertThat(model.contents("Command").keySet())
                .containsExactlyInAnyOrder(known.group(1).split(", ", -1));
    }

    @Test
    void itsRequestsHaveTheFieldsThatTheModuleKnows() {
        model.contents("Command").forEach((name, command) -> {
            String refusal = world.call(name, "{\"nosuch\": 1}").object().toString();
            Matcher known = KNOWN.matcher(refusal);
            assertThat(known.find()).as(name + ": " + refusal).isTrue();
            Set<String> fields = new TreeSet<>(List.of(known.group(1).split(", ", -1)));
            fields.remove("");
            JsonObject request = command.getAsJsonObject("request");
            Set<String> modelled = request == null
                    ? Set.of()
                    : DtdlModel.fields(request.get("schema")).keySet();
            assertThat(modelled).as(name).containsExactlyInAnyOrderElementsOf(fields);
        });
    }

    @Test
    void everyCommandAnswersAsTheModelSays() {
        Map<String, String> requests = Map.of(
                "takePicture",
                        "{\"camera\": \"front\", \"count\": 2, \"label\": \"a\", \"text\": \"b\", \"waitFor\": \"uploaded\"}",
                "testCamera", "{\"camera\": \"front\"}",
                "validateSettings", "{\"cameras\": {\"front\": {\"quality\": 101}, \"new\": {\"source\": \"test:\"}}}",
                "getLedger", "{\"from\": \"2026-01-01T00:00:00Z\", \"camera\": \"*\"}");
        model.contents("Command").forEach((name, command) -> {
            String payload = requests.getOrDefault(name, "");
            if (!payload.isEmpty()) {
                JsonElement schema = command.getAsJsonObject("request").get("schema");
                assertThat(DtdlModel.problems(schema, name, JsonParser.parseString(payload)))
                        .isEmpty();
            }
            MethodResult result = world.call(name, payload);
            assertThat(result.status()).as("%s: %s", name, result.payload()).isEqualTo(200);
            JsonObject answer = result.object();
            if (name.equals("getStatus")) {
                answer.remove("settings");
                model.contents("Property").forEach((key, property) -> {
                    if (property.has("writable")) {
                        answer.remove(key);
                    }
                });
            }
            assertThat(DtdlModel.problems(command.getAsJsonObject("response").get("schema"), name, answer))
                    .isEmpty();
        });
    }

    @Test
    void everyKindOfTelemetryIsWhatTheModelSays() throws Exception {
        world.take("{\"camera\": \"front\", \"label\": \"a\"}");
        await(EventType.PICTURE_STORED);
        await(EventType.HEARTBEAT);
        world.camera.patchDesired("{\"cameras\": {\"front\": {\"quality\": 101}}}");
        await(EventType.SETTINGS_REFUSED);
        patch("{\"cameras\": {\"front\": {\"quality\": null}}}");
        world.camera.sendInput("orders", "{\"camera\": 7}");
        await(EventType.MESSAGE_REFUSED);
        loseTheShelf();
        blockTheStore();
        Set<String> seen = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        List<String> problems = new ArrayList<>();
        for (Telemetry message : world.camera.telemetry()) {
            types.add(message.json().get("type").getAsString());
            message.json().asMap().forEach((name, value) -> {
                seen.add(name);
                JsonObject telemetry = model.contents("Telemetry").get(name);
                if (telemetry != null) {
                    problems.addAll(DtdlModel.problems(telemetry.get("schema"), name, value));
                } else if (!NAMED_TWICE.contains(name)) {
                    problems.add(name + " of " + message.json() + " is not in the model");
                }
            });
        }
        assertThat(problems).isEmpty();
        for (EventType type : EventType.values()) {
            assertThat(types).contains(type.word());
        }
        assertThat(seen)
                .as("what the model has and nobody sends")
                .containsAll(model.contents("Telemetry").keySet().stream()
                        .filter(name -> !HARD_TO_COME_BY.contains(name))
                        .toList());
    }

    private static void loseTheShelf() throws Exception {
        world.take("{\"camera\": \"shelf\"}");
        Path away = Files.move(shelf, folder.resolve("away"));
        world.call("takePicture", "{\"camera\": \"shelf\", \"timeoutSeconds\": 5}");
        await(EventType.PICTURE_FAILED);
        await(EventType.CAMERA_LOST);
        Files.move(away, shelf);
        await(EventType.CAMERA_FOUND);
    }

    /** Nothing can be uploaded, so the spool fills up: first the oldest are given up, then none is taken any more. */
    private static void blockTheStore() {
        JsonObject before = world.camera.desired().getAsJsonObject("storage").deepCopy();
        String wrong = world.azurite
                .connectionString()
                .replace(world.azurite.accountKey(), "d3JvbmcgYWNjb3VudCBrZXkgb2YgdGhlIHRlc3Q=");
        JsonObject storage = new JsonObject();
        storage.addProperty("connectionString", wrong);
        JsonObject patch = new JsonObject();
        patch.add("storage", storage);
        patch.add("spool", JsonParser.parseString("{\"maxSizeMB\": 1}"));
        patch(patch.toString());
        String many = "{\"camera\": \"front\", \"count\": 60, \"waitFor\": \"spooled\", \"timeoutSeconds\": 60}";
        world.call("takePicture", many);
        await(EventType.STORAGE_BLOCKED);
        await(EventType.PICTURE_DROPPED);
        patch("{\"spool\": {\"whenFull\": \"rejectNew\"}}");
        assertThat(world.call("takePicture", many).status()).isEqualTo(507);
        await(EventType.SPOOL_FULL);
        patch.add("storage", before);
        patch.add("spool", JsonParser.parseString("{\"maxSizeMB\": null, \"whenFull\": null}"));
        patch(patch.toString());
        await(EventType.STORAGE_RESTORED);
    }

    private static void await(EventType type) {
        world.camera.awaitTelemetry(
                message -> message.properties().getOrDefault("type", "").equals(type.word()), World.PATIENCE);
    }

    private static void patch(String patch) {
        world.camera.patchDesired(patch);
        world.awaitSettings();
    }
}
