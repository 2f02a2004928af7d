package io.edgecam.localedge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TwinRulesTest {
    @Test
    void allowsWhatTheEdgeHubAllows() {
        assertThat(wrong("{\"a\": {\"b\": [1, {\"c\": null}]}, \"d\": 4503599627370495, \"e\": 1e300, \"f\": null}"))
                .isEmpty();
        assertThat(wrong(nested(10))).isEmpty();
        assertThat(wrong("{\"a\": \"" + "x".repeat(4096) + "\"}")).isEmpty();
    }

    @Test
    void refusesWhatTheEdgeHubRefuses() {
        assertThat(wrong(nested(11))).contains("deeper than 10");
        assertThat(wrong("{\"a\": 4503599627370496}")).contains("2^52");
        assertThat(wrong("{\"a\": {\"b\": [null]}}")).startsWith("a.b ");
        assertThat(wrong("{\"a\": \"" + "x".repeat(4097) + "\"}")).contains("4096");
        assertThat(wrong("{\"a b\": 1}")).contains("a b");
        assertThat(wrong("{\"a.b\": 1}")).contains("a.b");
        assertThat(wrong("{\"" + "x".repeat(1025) + "\": 1}")).contains("1024");
        assertThat(wrong("{\"a\": [\"" + "x".repeat(4000) + "\"" + (",\"" + "x".repeat(4000) + "\"").repeat(8) + "]}"))
                .contains("32768");
    }

    @Test
    void mergesAndTellsTheDifference() {
        Twin twin = new Twin();
        twin.patchDesired(Json.object("{\"a\": {\"b\": 1, \"c\": 2}, \"d\": 3}"));
        assertThat(twin.patchDesired(Json.object("{\"a\": {\"b\": null}, \"$version\": 99}"))
                        .toString())
                .isEqualTo("{\"a\":{\"b\":null},\"$version\":3}");
        assertThat(twin.replaceDesired(Json.object("{\"a\": {\"e\": 5}}")).toString())
                .isEqualTo("{\"a\":{\"e\":5,\"c\":null},\"d\":null,\"$version\":4}");
        assertThat(twin.desired().toString()).isEqualTo("{\"a\":{\"e\":5}}");
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    private static String wrong(String patch) {
        return TwinRules.check(Json.object(patch)).orElse("");
    }
}
