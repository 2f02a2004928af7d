package io.edgecam.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Breaks a good document in seeded ways: whatever it becomes, it is read or refused, and nothing is thrown. */
@Timeout(60)
class MutationTest {
    private static final List<String> PIECES = List.of(
            "null",
            "{}",
            "[]",
            "1e999",
            "-1",
            "\"\"",
            "\"a:b;c=d\"",
            "\"://\"",
            "\"exec:\"",
            "\"%\"",
            "\"{\"",
            "\"-,-\"",
            "true",
            "\"https://[::1\"",
            "\"/\\u0000\"",
            "\"\\ud83d\\udcf7\"",
            "[[[]]]",
            "[[[1,2],[3,4],[null,5]]]",
            "0.1e-20",
            "\"24:60\"");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void readsOrRefusesWhateverComes(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            JsonObject document = Desired.object(Desired.COMPLETE);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(document, random);
            }
            Parsed parsed = Settings.read(document, Map.of("EDGECAM_EXEC_", "[]"));
            if (parsed instanceof Parsed.Invalid invalid) {
                refused++;
                assertThat(invalid.problems())
                        .isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem.problem()).isNotBlank());
            } else if (parsed instanceof Parsed.Valid valid) {
                assertThat(valid.notYet()).isNotNull();
            }
        }
        assertThat(refused).isBetween(250, 500);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void parsesOrRefusesWhateverText(long seed) {
        Random random = new Random(seed);
        String likely = "{}[]\",:0123456789eE+-.\\u tfn\n\u0000";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(Desired.COMPLETE);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                text.replace(at, at + random.nextInt(3), "" + likely.charAt(random.nextInt(likely.length())));
            }
            assertThat(parses(text.toString())).isIn(true, false);
        }
    }

    private static boolean parses(String text) {
        try {
            return !Json.parse(text).isJsonNull();
        } catch (JsonException e) {
            return false;
        }
    }

    private static void change(JsonObject object, Random random) {
        List<String> keys = List.copyOf(object.keySet());
        if (keys.isEmpty()) {
            return;
        }
        String key = keys.get(random.nextInt(keys.size()));
        JsonElement inner = object.get(key);
        if (inner instanceof JsonObject deeper && random.nextInt(6) > 0) {
            change(deeper, random);
        } else {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            object.add(key, Desired.object("{\"x\": " + piece + "}").get("x"));
        }
    }
}
