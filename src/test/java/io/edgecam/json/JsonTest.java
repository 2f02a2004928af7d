package io.edgecam.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a: 1}",
                "{'a': 1}",
                "{\"a\": 1;}",
                "{\"a\"= 1}",
                "{\"a\": 1,}",
                "[1,]",
                "[,1]",
                "{\"a\" 1}",
                "image",
                "NaN",
                "Infinity",
                "-Infinity",
                "TRUE",
                "True",
                "nUll",
                "01",
                "+1",
                ".5",
                "1.",
                "0x10",
                "1e",
                "// c\n1",
                "/* c */ 1",
                "# c\n1",
                "{\"a\": 1",
                "[1",
                "\"a",
                "\"\\x\"",
                "\"a\nb\"",
                "\"\t\"",
                "{\"a\": undefined}",
                ")]}'\n{}",
                "{]",
                "}",
                "{\"a\"}",
                "'image'",
                "\"\\u12\"",
                "{\"a\": \"b\" \"c\"}",
                "[1 2]"
            })
    void refusesEverythingThatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("is not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t "})
    void refusesNothingAtAll(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "1 2", "{}x", "[]]", "{},"})
    void refusesTextBehindTheEnd(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void refusesANameThatIsThereTwice() {
        assertThatThrownBy(() -> Json.parse("{\"a\": {\"b\": 1,\n \"b\": 2}}"))
                .isInstanceOf(JsonException.class)
                .hasMessage("has the name \"b\" twice in one object at line 2, column 5");
    }

    @ParameterizedTest
    @CsvSource({"32, true", "33, false", "100000, false"})
    void readsNoDeeperThanTheLimit(int depth, boolean good) throws JsonException {
        int fitting = Math.min(depth, Json.MAX_CHARACTERS / 2);
        String text = "[".repeat(fitting) + "]".repeat(fitting);
        if (good) {
            assertThat(Json.parse(text).isJsonArray()).isTrue();
        } else {
            assertThatThrownBy(() -> Json.parse(text))
                    .isInstanceOf(JsonException.class)
                    .hasMessageStartingWith("is nested deeper than 32 levels at line 1, column ");
        }
    }

    @Test
    void readsNoLongerThanTheLimit() throws JsonException {
        String longest = "\"" + "x".repeat(Json.MAX_CHARACTERS - 2) + "\"";

        assertThat(Json.parse(longest).getAsString()).hasSize(Json.MAX_CHARACTERS - 2);
        assertThatThrownBy(() -> Json.parse(longest + " "))
                .isInstanceOf(JsonException.class)
                .hasMessage("is 131073 characters long, at most 131072 are read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "1e400", "1.9", "-0", "9007199254740993", "0.10"})
    void keepsNumbersAsTheyAreWritten(String number) throws JsonException {
        assertThat(Json.parse(number).getAsString()).isEqualTo(number);
    }

    @Test
    void readsWhatJsonAllows() throws JsonException {
        assertThat(Json.parse(" {\"a\": [1, true, null, \"\\u00e9\\n\"], \"\": {}} \n")
                        .toString())
                .isEqualTo("{\"a\":[1,true,null,\"é\\n\"],\"\":{}}");
    }

    @Test
    void wantsAnObjectWhereOneIsAskedFor() {
        assertThatThrownBy(() -> Json.parseObject("[\"secret\"]"))
                .isInstanceOf(JsonException.class)
                .hasMessage("must be a JSON object { … }, not a list");
    }

    @Test
    void repeatsNoValuesInItsSentences() {
        assertThatThrownBy(() -> Json.parse("{\"accountKey\": \"canary\" canary}"))
                .isInstanceOf(JsonException.class)
                .message()
                .doesNotContain("canary");
    }
}
