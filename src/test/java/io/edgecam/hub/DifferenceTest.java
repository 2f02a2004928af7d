package io.edgecam.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.json.MergePatch;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                     | {}                          | {}",
                "{}                     | {'a':1}                     | {'a':1}",
                "{'a':1}                | {'a':1}                     | {}",
                "{'a':1}                | {}                          | {'a':null}",
                "{'a':{'b':1,'c':2}}    | {'a':{'b':1,'c':3}}         | {'a':{'c':3}}",
                "{'a':{'b':1,'c':2}}    | {'a':{'c':2}}               | {'a':{'b':null}}",
                "{'a':{'b':1}}          | {'a':'text'}                | {'a':'text'}",
                "{'a':[1,2]}            | {'a':[1]}                   | {'a':[1]}",
                "{}                     | {'a':null}                  | {}",
                "{'a':1}                | {'a':null}                  | {'a':null}"
            })
    void holdsWhatChangedAndDeletesWhatIsGone(String from, String to, String patch) {
        assertThat(Difference.between(json(from), json(to))).isEqualTo(json(patch));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':{'b':{'c':1}},'d':2} | {'a':{'b':{'e':3}},'f':[{'g':1}]}",
                "{'a':1}                   | {'a':{'b':{}}}",
                "{'a':{'b':{}}}            | {'a':{}}"
            })
    void makesOneDocumentOfTheOther(String from, String to) {
        assertThat(MergePatch.apply(json(from), Difference.between(json(from), json(to))))
                .isEqualTo(json(to));
    }

    @Test
    void makesItOfWhateverAReportThatMayHaveArrivedLeftBehind() {
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            JsonObject hub = document(random, 2);
            JsonObject known = hub.deepCopy();
            for (int report = 0; report < 3; report++) {
                JsonObject now = document(random, 2);
                JsonObject patch = Difference.between(known, now);
                hub = random.nextBoolean() ? MergePatch.apply(hub, patch) : hub;
                known = Difference.unsure(known, now);
            }
            JsonObject last = document(random, 2);
            assertThat(MergePatch.apply(hub, Difference.between(known, last)))
                    .as("known %s", known)
                    .isEqualTo(last);
        }
    }

    /** With at least one member: an empty object in place of a text is told from nothing by no merge patch of ours. */
    private static JsonObject document(Random random, int depth) {
        JsonObject document = new JsonObject();
        while (document.size() == 0) {
            for (String name : List.of("a", "b", "c")) {
                switch (random.nextInt(depth > 0 ? 4 : 3)) {
                    case 0 -> document.addProperty(name, random.nextInt(2));
                    case 1 -> document.addProperty(name, "text");
                    case 2 -> document.remove(name);
                    default -> document.add(name, document(random, depth - 1));
                }
            }
        }
        return document;
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }
}
