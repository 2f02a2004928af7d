package io.edgecam.plugandplay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.camera.CameraStatus;
import io.edgecam.event.EventType;
import io.edgecam.json.Field;
import io.edgecam.localedge.NodeScripts;
import io.edgecam.picture.PictureState;
import io.edgecam.picture.Trigger;
import io.edgecam.settings.Settings;
import io.edgecam.storage.StorageStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Plug and Play model is good DTDL 2 and says what the code says. What is sent is compared by {@code PlugAndPlayIT}. */
@Timeout(300)
class DtdlModelTest {
    private DtdlModel model;

    @BeforeEach
    void read() throws Exception {
        model = DtdlModel.read();
    }

    @Test
    void microsoftsParserTakesIt() throws Exception {
        assertThat(parsed(DtdlModel.FILE)).matches("\\d+ entities\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "\"schema\": \"dateTime\" ! \"schema\": \"moment\"",
                "\"name\": \"testStorage\" ! \"name\": \"testCamera\"",
                "\"name\": \"takePicture\" ! \"name\": \"take-picture\"",
                "\"writable\": true ! \"writeable\": true",
                "\"name\": \"folder\", \"schema\": \"string\" ! \"name\": \"folder\"",
                "dtmi:io:edgecam:CameraModule;1 ! io.edgecam.CameraModule"
            })
    void microsoftsParserRefusesAMistake(String right, String wrong, @TempDir Path folder) throws Exception {
        String good = Files.readString(DtdlModel.FILE);
        assertThat(good).contains(right);
        String said = parsed(Files.writeString(folder.resolve("bad.json"), good.replace(right, wrong)));
        assertThat(said).doesNotContain(" entities\n");
    }

    @Test
    void liesWhereItsIdSays() {
        String place = model.id().toLowerCase(Locale.ROOT).replace(':', '/').replace(';', '-') + ".json";
        assertThat(DtdlModel.FILE.endsWith(place)).as(place).isTrue();
    }

    @Test
    void itsWritablePropertiesAreTheSettings() {
        List<Field> catalogue = Settings.catalogue();
        Set<String> keys = new LinkedHashSet<>();
        catalogue.forEach(field -> keys.add(field.path().split("\\.", 2)[0]));
        Map<String, JsonObject> properties = model.contents("Property");
        properties.values().removeIf(property -> !property.has("writable"));
        assertThat(properties.keySet()).containsExactlyElementsOf(keys);

        Map<String, JsonObject> validated = DtdlModel.fields(model.contents("Command")
                .get("validateSettings")
                .getAsJsonObject("request")
                .get("schema"));
        assertThat(validated.keySet()).containsExactlyElementsOf(keys);
        for (String key : keys) {
            JsonObject schema = SettingsSchema.below(key + ".", catalogue);
            String advice = "The schema of " + key + " in " + DtdlModel.FILE
                    + " is not that of the settings; put this there, and into the request of validateSettings:\n"
                    + SettingsSchema.lines(schema, "      ");
            assertThat(properties.get(key).get("schema"))
                    .withFailMessage(advice)
                    .isEqualTo(schema);
            assertThat(validated.get(key).get("schema")).withFailMessage(advice).isEqualTo(schema);
        }
    }

    @Test
    void itsWordsAreThoseOfTheCode() {
        assertThat(words(model.contents("Telemetry").get("type"))).isEqualTo(all(EventType.values(), EventType::word));
        assertThat(words(model.contents("Telemetry").get("trigger"))).isEqualTo(all(Trigger.values(), Trigger::word));
        assertThat(words(model.contents("Telemetry").get("state")))
                .isEqualTo(all(PictureState.values(), PictureState::word));
        JsonObject cameras = model.contents("Property").get("cameras_status").getAsJsonObject("schema");
        assertThat(words(DtdlModel.fields(cameras.getAsJsonObject("mapValue").get("schema"))
                        .get("state")))
                .isEqualTo(all(CameraStatus.State.values(), CameraStatus.State::word));
        JsonElement storage = model.contents("Property").get("storage_status").get("schema");
        assertThat(words(DtdlModel.fields(storage).get("state")))
                .isEqualTo(all(StorageStatus.State.values(), StorageStatus.State::word));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "cameras ! {\"front\": {\"width\": 640, \"roi\": [0, 0, 1, 1]}} ! ",
                "cameras ! {\"front\": {\"width\": 640.5}} ! cameras.front.width is 640.5",
                "cameras ! {\"front\": {\"rotate\": 45}} ! cameras.front.rotate is 45",
                "cameras ! {\"front\": {\"stamp\": {\"place\": \"aside\"}}} ! cameras.front.stamp.place is \"aside\"",
                "cameras ! {\"front_\": {}} ! cameras.front_ cannot be a key",
                "cameras ! {\"front\": {\"roi\": 1}} ! cameras.front.roi is not in the model",
                "cameras ! [] ! cameras is []",
                "spool ! {\"size\": 1} ! spool.size is not in the model",
                "module ! {\"startedAt\": \"yesterday\"} ! module.startedAt is \"yesterday\"",
                "web ! {\"enabled\": \"true\"} ! web.enabled is \"true\"",
                "telemetry ! {\"heartbeatSeconds\": \"60\"} ! telemetry.heartbeatSeconds is \"60\""
            })
    void aValueIsHeldAgainstIt(String property, String value, String problem) {
        List<String> problems = DtdlModel.problems(
                model.contents("Property").get(property).get("schema"), property, JsonParser.parseString(value));
        assertThat(problems).hasSize(problem == null ? 0 : 1);
        assertThat(problems).allMatch(line -> problem != null && line.startsWith(problem));
    }

    private static Set<String> words(JsonObject content) {
        Set<String> words = new LinkedHashSet<>();
        content.getAsJsonObject("schema")
                .getAsJsonArray("enumValues")
                .forEach(value ->
                        words.add(value.getAsJsonObject().get("enumValue").getAsString()));
        return words;
    }

    private static <E> Set<String> all(E[] values, Function<E, String> word) {
        return new LinkedHashSet<>(Stream.of(values).map(word).toList());
    }

    private static String parsed(Path file) throws IOException, InterruptedException {
        NodeScripts.install();
        Process node = new ProcessBuilder(
                        "node", "dtdl.js", file.toAbsolutePath().toString())
                .directory(NodeScripts.FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isEqualTo(said.endsWith(" entities\n") ? 0 : 1);
        return said;
    }
}
