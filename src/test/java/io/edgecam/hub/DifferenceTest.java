package io.edgecam.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.json.MergePatch;
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

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }
}
