package io.edgecam.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class FieldsTest {
    private static final Pattern NAMES = Pattern.compile("[a-z]+");

    private enum Wait {
        UPLOADED,
        SAFE_ON_DISK
    }

    @Test
    void readsAnOrder() {
        Fields in = of("""
                {"camera": "front", "count": 3, "intervalSeconds": 0.5, "at": "2026-11-21T05:00:00Z", "waitFor": "safeOnDisk"}
                """);

        assertThat(in.text("camera", 32, "which")).contains("front");
        assertThat(in.whole("count", 1, 1, 100, "how many")).isEqualTo(3);
        assertThat(in.seconds("intervalSeconds", 0, 0, 60, "between them")).isEqualTo(Duration.ofMillis(500));
        assertThat(in.instant("at", "when")).contains(Instant.parse("2026-11-21T05:00:00Z"));
        assertThat(in.choice("waitFor", Wait.UPLOADED, "until when")).isEqualTo(Wait.SAFE_ON_DISK);
        in.refuseUnknown();
        assertThat(in.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\": null, \"b\": null, \"c\": null}"})
    void takesTheDefaultForWhatIsLeftOutOrNull(String json) {
        Fields in = of(json);

        assertThat(in.text("a", "x", 9, "")).isEqualTo("x");
        assertThat(in.whole("b", 7, 1, 9, "")).isEqualTo(7);
        assertThat(in.text("c", 9, "")).isEmpty();
        assertThat(in.has("a")).isFalse();
        in.refuseUnknown();
        assertThat(in.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999",
                "1e400",
                "1.9",
                "[3]",
                "\"7\"",
                "true",
                "{}",
                "-1",
                "10",
                "1e-400",
                "1e999999999",
                "123456789012345678901234567890123456789"
            })
    void coercesNothingIntoAWholeNumber(String value) {
        Fields in = of("{\"n\": " + value + "}");

        assertThat(in.whole("n", 5, 0, 9, "")).isEqualTo(5);
        assertThat(in.problems()).hasSize(1).first().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("n");
            assertThat(problem.problem()).startsWith("must be a whole number from 0 to 9, not ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "3.0", "0.3e1", "3e0"})
    void takesAWholeNumberHoweverItIsWritten(String value) {
        assertThat(of("{\"n\": " + value + "}").whole("n", 5, 0, 9, "")).isEqualTo(3);
    }

    @Test
    void refusesNumbersThatOnlyJavaKnows() {
        JsonObject json = new JsonObject();
        json.addProperty("n", Double.NaN);
        json.addProperty("m", Double.POSITIVE_INFINITY);
        Fields in = Fields.of(json);
        in.number("n", 0.5, 0, 1, "");
        in.seconds("m", 1, 0, 9, "");

        assertThat(in.problems()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1.0001     | must be seconds from 0 to 60, down to 0.001, not 1.0001
            61         | must be seconds from 0 to 60, down to 0.001, not 61
            "5"        | must be seconds from 0 to 60, down to 0.001, not "5"
            """)
    void refusesSecondsThatAreNone(String value, String problem) {
        Fields in = of("{\"s\": " + value + "}");
        in.seconds("s", 1, 0, 60, "");

        assertThat(in.problems()).containsExactly(new Problem("s", problem));
    }

    @Test
    void refusesTextThatIsTooLongOrUnfitForALine() {
        JsonObject json = new JsonObject();
        json.addProperty("a", "12345");
        json.addProperty("b", "x\ny");
        json.addProperty("c", String.valueOf((char) 0xD800));
        json.addProperty("d", 4);
        Fields in = Fields.of(json);
        for (String key : List.of("a", "b", "c", "d")) {
            in.text(key, "", 4, "");
        }

        assertThat(in.problems()).extracting(Problem::path).containsExactly("a", "b", "c", "d");
        assertThat(in.problems().get(0).problem()).isEqualTo("must be text of up to 4 characters, not of 5");
    }

    @Test
    void saysWhatIsKnownAndWhatWasMeant() {
        Fields in = of("{\"heigth\": 1, \"zzzzzz\": 2, \"gone\": null}");
        in.whole("height", 1, 0, 9, "");
        in.whole("width", 1, 0, 9, "");
        in.refuseUnknown();

        assertThat(in.problems())
                .containsExactly(
                        new Problem("heigth", "is not known here; is height meant? known: [height, width]"),
                        new Problem("zzzzzz", "is not known here; known: [height, width]"));
    }

    @Test
    void namesMistakesOfInnerObjectsByTheirWholePath() {
        Fields in = of("""
                {"cameras": {"front": {"stamp": {"size": "big", "colour": 1}}, "Back": {}, "side": 5, "off": null}, "spool": []}
                """);
        Map<String, Integer> sizes = in.each(
                "cameras",
                NAMES,
                "must be small letters",
                8,
                camera -> camera.object("stamp", stamp -> stamp.whole("size", 50, 1, 99, "")));
        in.object("spool", spool -> spool.flag("on", true, ""));

        assertThat(in.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "cameras.front.stamp.size: must be a whole number from 1 to 99, not \"big\"",
                        "cameras.front.stamp.colour: is not known here; known: [size]",
                        "cameras.Back: must be small letters",
                        "cameras.side: must be an object { … }, not a number",
                        "spool: must be an object { … }, not a list");
        assertThat(sizes).containsOnlyKeys("front", "Back", "side");
    }

    @Test
    void showsTheValuesInForceWithDefaultsAndWithoutSecrets() throws JsonException {
        Fields in = of("{\"cameras\": {\"front\": {\"n\": 3.0, \"password\": \"hunter2\"}}}");
        in.each("cameras", NAMES, "", 8, camera -> {
            camera.secret("password", "text", "", text -> text);
            camera.secret("token", "text", "", text -> text);
            camera.seconds("warmUpSeconds", 1.5, 0, 9, "");
            return camera.whole("n", 1, 0, 9, "");
        });

        assertThat(in.inForce()).isEqualTo(Json.parse("""
                {"cameras": {"front": {"password": "***", "token": "", "warmUpSeconds": 1.5, "n": 3}}}
                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"canary-1\"", "4711", "{\"canary-1\": 1}", "[\"canary-1\"]", "true"})
    void repeatsNoSecretWhateverItsType(String value) {
        Fields in = of("{\"key\": " + value + "}");
        in.secret("key", "text", "", text -> {
            throw new IllegalArgumentException("is no key");
        });

        assertThat(in.problems()).hasSize(1);
        assertThat(in.problems() + " " + in.inForce()).doesNotContain("canary", "4711");
    }

    @Test
    void notesEachFieldForTheDocumentation() {
        Fields in = of("{\"cameras\": {\"a\": {}, \"b\": {}}}");
        in.each("cameras", NAMES, "", 8, camera -> camera.choice("waitFor", Wait.UPLOADED, "until when"));

        assertThat(in.fields())
                .extracting(Field::markdown)
                .containsExactly("| `cameras.*.waitFor` | uploaded \\| safeOnDisk | `\"uploaded\"` | until when |");
    }

    @Test
    void stopsCountingMistakesAtFifty() {
        JsonObject json = new JsonObject();
        for (int i = 0; i < 1000; i++) {
            json.addProperty(String.format(Locale.ROOT, "wrong%d", i), i);
        }
        Fields in = Fields.of(json);
        in.refuseUnknown();

        assertThat(in.problems()).hasSize(51).last().isEqualTo(new Problem("", "and 950 more problems"));
    }

    @Test
    void makesAStrangersNamesFitForALog() {
        JsonObject json = new JsonObject();
        json.add("a\n\u001b[31m" + "x".repeat(300), new JsonArray());
        Fields in = Fields.of(json);
        in.refuseUnknown();

        assertThat(in.problems().get(0).path()).hasSize(201).startsWith("a??[31m");
    }

    private static Fields of(String json) {
        try {
            return Fields.of(Json.parseObject(json));
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }
}
