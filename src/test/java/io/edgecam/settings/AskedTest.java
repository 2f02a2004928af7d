package io.edgecam.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.json.MergePatch;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown of a desired document: what was meant, and no secret, wherever it was put. */
@Timeout(20)
class AskedTest {
    private static final String MARK = "c4n4ry";

    @Test
    void everySettingIsShownAsItWasAskedForButSecretsAreNot() {
        JsonObject asked = asked(Desired.object(Desired.COMPLETE));
        JsonObject expected = Desired.object(Desired.COMPLETE);
        expected.getAsJsonObject("storage").addProperty("connectionString", "***");
        expected.getAsJsonObject("web").addProperty("token", "***");
        expected.getAsJsonObject("cameras").getAsJsonObject("front").addProperty("password", "***");

        assertThat(asked).isEqualTo(expected);
    }

    @Test
    void whatIsLeftOutStaysOut() {
        assertThat(asked("{\"cameras\": {\"front\": {\"password\": \"\"}}, \"$version\": 3}"))
                .isEqualTo(Desired.object("{\"cameras\": {\"front\": {\"password\": \"\"}}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"web\": {\"token\": \"c4n4ry\"}}",
                "{\"web\": {\"tokn\": \"c4n4ry\"}}",
                "{\"web\": {\"port\": \"c4n4ry\"}}",
                "{\"web\": {\"allowedHosts\": [\"a.b\", \"http://c4n4ry\"]}}",
                "{\"web\": \"c4n4ry\"}",
                "{\"token\": \"c4n4ry\"}",
                "{\"wbe\": {\"token\": \"c4n4ry\"}}",
                "{\"wbe\": [\"c4n4ry\", {\"c4n4ry\": \"c4n4ry\"}]}",
                "{\"https://h/c?sig=c4n4ry\": 1}",
                "{\"storage\": {\"sasurl\": \"https://h/c?sig=c4n4ry\"}}",
                "{\"storage\": {\"folder\": \"https://h/c?sp=c&sig=c4n4ry\"}}",
                "{\"storage\": {\"endpoint\": \"https://u:c4n4ry@h/a\"}}",
                "{\"storage\": {\"accountName\": \"AccountName=a;AccountKey=c4n4ry\"}}",
                "{\"cameras\": {\"front\": \"rtsp://u:c4n4ry@h/\"}}",
                "{\"cameras\": {\"front\": {\"source\": \"rtsp://u:c4n4ry@h/\"}}}",
                "{\"cameras\": {\"front\": {\"source\": \"http://h/still?user=u&pass=c4n4ry\"}}}",
                "{\"cameras\": {\"front\": {\"source\": \"http://h/password=c4n4ry/still\"}}}",
                "{\"cameras\": {\"front\": {\"stamp\": {\"title\": \"https://h/c?sp=r&sig=c4n4ry\"}}}}",
                "{\"cameras\": {\"front\": {\"stamp\": {\"title\": \"{\\\"token\\\": \\\"c4n4ry\\\"}\"}}}}",
                "{\"cameras\": {\"front\": {\"username\": \"password=c4n4ry\"}}}",
                "{\"cameras\": {\"rtsp://u:c4n4ry@h/\": {}}}"
            })
    void noSecretIsShownWhereverItStands(String desired) {
        assertThat(asked(desired).toString()).doesNotContain(MARK);
        assertThat(asked(MergePatch.apply(Desired.object(Desired.COMPLETE), Desired.object(desired)))
                        .toString())
                .doesNotContain(MARK);
    }

    @ParameterizedTest
    @MethodSource("io.edgecam.settings.CanaryTest#secretsInEveryShape")
    void noSecretIsShownInWhateverShape(String path, String value) {
        assertThat(asked(Desired.with(path, value)).toString()).doesNotContain(MARK);
    }

    @ParameterizedTest
    @CsvSource({
        "cameras.*.heigth, 720, 720",
        "cameras.*.width, 7, 7",
        "cameras.*.width, '\"7\"', '\"***\"'",
        "cameras.*.exif, 1, 1",
        "cameras.*.blink, true, true",
        "cameras.*.blink, '{\"a\": 1}', '\"***\"'",
        "cameras.*.roi, '[0, 0, 2, \"x\"]', '[0,0,2,\"***\"]'",
        "cameras.*.pasword, 47114711, '\"***\"'",
        "cameras.*.pwd, 47114711, '\"***\"'",
        "cameras.*.password, 47114711, '\"***\"'",
        "web.tokken, 47114711, '\"***\"'"
    })
    void ofAMistakeOnlyWhatIsNoSecretIsShown(String path, String value, String shown) {
        JsonElement there = asked(Desired.with(path, value));
        for (String key : path.replace("*", "front").split("\\.", -1)) {
            there = there.getAsJsonObject().get(key);
        }
        assertThat(there).hasToString(shown);
    }

    @Test
    void whatIsTooMuchToReadIsNotShown() {
        assertThat(asked("{\"web\": {\"x\": \"" + "y".repeat(Settings.MAX_BYTES) + "\"}}"))
                .isEqualTo(new JsonObject());
    }

    private static JsonObject asked(String desired) {
        return asked(Desired.object(desired));
    }

    private static JsonObject asked(JsonObject desired) {
        return Settings.asked(desired, Map.of());
    }
}
