package io.edgecam.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.json.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private static final JsonObject DESIRED = json("{'cameras':{'front':{}},'storage':{'container':'x'},'$version':7}");
    private static final JsonObject IN_FORCE =
            json("{'cameras':{'front':{'width':1280}},'storage':{'container':'webcam'},'spool':{}}");

    @Test
    void everyDesiredKeyIsAcknowledgedWithTheValueInForce() {
        JsonObject said = Acknowledgements.taken(DESIRED, 7, IN_FORCE, List.of());

        assertThat(said.keySet()).containsExactly("cameras", "storage");
        assertThat(said.get("cameras")).isEqualTo(json("{'value':{'front':{'width':1280}},'ac':200,'av':7,'ad':'ok'}"));
    }

    @Test
    void whatIsNotActedOnYetIsSaidAtItsKey() {
        JsonObject said = Acknowledgements.taken(DESIRED, 7, IN_FORCE, List.of("cameras.front.motion.enabled"));

        assertThat(words(said, "cameras")).contains("does not act on").contains("cameras.front.motion.enabled");
        assertThat(words(said, "storage")).isEqualTo("ok");
    }

    @Test
    void aRefusedDocumentBlamesTheKeysAtFaultOnly() {
        JsonObject said = Acknowledgements.refused(
                DESIRED, 7, IN_FORCE, List.of(new Problem("cameras.front.heigth", "is not a setting")));

        assertThat(said.getAsJsonObject("cameras").get("ac").getAsInt()).isEqualTo(400);
        assertThat(words(said, "cameras")).isEqualTo("cameras.front.heigth: is not a setting");
        assertThat(said.getAsJsonObject("storage").get("ac").getAsInt()).isEqualTo(200);
        assertThat(words(said, "storage")).contains("not taken up").contains("cameras");
        assertThat(said.getAsJsonObject("storage").get("value")).isEqualTo(json("{'container':'webcam'}"));
    }

    @Test
    void anUnknownKeyIsRefusedWithoutAValue() {
        JsonObject said = Acknowledgements.refused(
                json("{'camera':{}}"), 3, IN_FORCE, List.of(new Problem("camera", "is not a setting")));

        assertThat(said.getAsJsonObject("camera").has("value")).isFalse();
        assertThat(said.getAsJsonObject("camera").get("ac").getAsInt()).isEqualTo(400);
    }

    @Test
    void aMistakeOfTheWholeDocumentIsEveryKeysMistake() {
        JsonObject said =
                Acknowledgements.refused(DESIRED, 7, IN_FORCE, List.of(new Problem("", "is longer than 32 KB")));

        for (String key : said.keySet()) {
            assertThat(said.getAsJsonObject(key).get("ac").getAsInt()).isEqualTo(400);
        }
    }

    @Test
    void manyMistakesAreCutToWhatAReportMayHold() {
        List<Problem> many = java.util.stream.IntStream.range(0, 500)
                .mapToObj(
                        number -> new Problem("cameras.c" + number, "is wrong in a way that takes many words to tell"))
                .toList();

        assertThat(words(Acknowledgements.refused(DESIRED, 7, IN_FORCE, many), "cameras"))
                .hasSizeLessThanOrEqualTo(1000)
                .endsWith("…");
    }

    private static String words(JsonObject said, String key) {
        return said.getAsJsonObject(key).get("ad").getAsString();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }
}
