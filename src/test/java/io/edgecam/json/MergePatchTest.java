package io.edgecam.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class MergePatchTest {
    /** Objects of the examples in RFC 7396, appendix A, and what a twin adds to them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":"b"}                   | {"a":"c"}                  | {"a":"c"}
            {"a":"b"}                   | {"b":"c"}                  | {"a":"b","b":"c"}
            {"a":"b"}                   | {"a":null}                 | {}
            {"a":"b","b":"c"}           | {"a":null}                 | {"b":"c"}
            {"a":["b"]}                 | {"a":"c"}                  | {"a":"c"}
            {"a":"c"}                   | {"a":["b"]}                | {"a":["b"]}
            {"a":{"b":"c"}}             | {"a":{"b":"d","c":null}}   | {"a":{"b":"d"}}
            {"a":[{"b":"c"}]}           | {"a":[1]}                  | {"a":[1]}
            {"e":null}                  | {"a":1}                    | {"e":null,"a":1}
            {"a":"b"}                   | {"a":{"b":{"c":null}}}     | {"a":{"b":{}}}
            {}                          | {"a":{"bb":{"ccc":null}}}  | {"a":{"bb":{}}}
            {}                          | {"a":[null,{"b":null}]}    | {"a":[null,{"b":null}]}
            {"a":{"b":1},"c":{"d":[2]}} | {}                         | {"a":{"b":1},"c":{"d":[2]}}
            {}                          | {"x":null}                 | {}
            """)
    void mergesAsTheStandardSays(String target, String patch, String merged) throws JsonException {
        assertThat(MergePatch.apply(Json.parseObject(target), Json.parseObject(patch))
                        .toString())
                .isEqualTo(merged);
    }

    @Test
    void sharesNothingWithWhatItWasGiven() throws JsonException {
        JsonObject target = Json.parseObject("{\"old\": {\"list\": [{\"n\": 1}]}}");
        JsonObject patch = Json.parseObject("{\"new\": {\"list\": [{\"n\": 2}]}}");
        JsonObject merged = MergePatch.apply(target, patch);
        for (String key : merged.keySet()) {
            JsonObject inner = merged.getAsJsonObject(key);
            inner.getAsJsonArray("list").get(0).getAsJsonObject().addProperty("n", 9);
            inner.addProperty("more", true);
        }

        assertThat(target).isEqualTo(Json.parse("{\"old\": {\"list\": [{\"n\": 1}]}}"));
        assertThat(patch).isEqualTo(Json.parse("{\"new\": {\"list\": [{\"n\": 2}]}}"));
    }

    @Test
    void noDepthExhaustsTheStack() {
        int depth = 200_000;
        JsonObject merged = MergePatch.apply(deep(depth, 1), deep(depth, 2));

        JsonObject at = merged;
        for (int i = 0; i < depth; i++) {
            at = at.getAsJsonObject("a");
        }
        assertThat(at.get("n").getAsInt()).isEqualTo(2);
    }

    private static JsonObject deep(int depth, int end) {
        JsonObject inner = new JsonObject();
        inner.addProperty("n", end);
        for (int i = 0; i < depth; i++) {
            JsonObject outer = new JsonObject();
            outer.add("a", inner);
            inner = outer;
        }
        return inner;
    }
}
