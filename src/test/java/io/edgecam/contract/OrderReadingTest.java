package io.edgecam.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.edgecam.json.Problem;
import io.edgecam.picture.Trigger;
import io.edgecam.taking.Order;
import io.edgecam.taking.Order.WaitFor;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderReadingTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void anEmptyRequestIsOnePictureOfTheOnlyCamera() {
        Order order = read("{}").order().orElseThrow();

        assertThat(order.camera()).isEmpty();
        assertThat(order.count()).isEqualTo(1);
        assertThat(order.interval()).isZero();
        assertThat(order.waitFor()).isEqualTo(WaitFor.UPLOADED);
        assertThat(order.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(order.past()).isEmpty();
        assertThat(order.label()).isEmpty();
        assertThat(order.text()).isEmpty();
    }

    @Test
    void everyFieldIsRead() {
        Order order = read("{'camera':'front','count':3,'intervalSeconds':2,'label':'x','text':'y','waitFor':'spooled',"
                        + "'timeoutSeconds':30}")
                .order()
                .orElseThrow();

        assertThat(order.camera()).contains("front");
        assertThat(order.count()).isEqualTo(3);
        assertThat(order.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(order.label()).contains("x");
        assertThat(order.text()).isEqualTo("y");
        assertThat(order.waitFor()).isEqualTo(WaitFor.SPOOLED);
        assertThat(order.timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-5s                      | PT5S",
                "-0.25s                   | PT0.25S",
                "2026-11-21T11:59:30Z     | PT30S",
                "2026-11-21T11:59:59.500Z | PT0.5S"
            })
    void theMomentIsAnAgeOrAnInstant(String at, String age) {
        assertThat(read("{'at':'" + at + "'}").order().orElseThrow().past())
                .contains(new Order.Past(Duration.parse(age), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'camra':'front'}                        | camra           | is not",
                "{'count':0}                              | count           | 1",
                "{'count':101}                            | count           | 100",
                "{'count':'3'}                            | count           | whole number",
                "{'count':1.5}                            | count           | whole number",
                "{'count':[3]}                            | count           | whole number",
                "{'count':99999999999}                    | count           | 100",
                "{'intervalSeconds':-1}                   | intervalSeconds | 0",
                "{'timeoutSeconds':301}                   | timeoutSeconds  | 300",
                "{'timeoutSeconds':true}                  | timeoutSeconds  | seconds from 1",
                "{'waitFor':'never'}                      | waitFor         | uploaded",
                "{'at':'yesterday'}                       | at              | -5s",
                "{'at':'2026-11-21T12:00:01Z'}            | at              | yet to come",
                "{'at':'-9s','count':3}                   | intervalSeconds | distance",
                "{'camera':7}                             | camera          | text",
                "{'camera':{}}                            | camera          | text",
                "{'count':5,'intervalSeconds':5}          | timeoutSeconds  | allow more time"
            })
    void aMistakeIsNamedByItsPath(String request, String path, String words) {
        OrderReading reading = read(request);

        assertThat(reading.order()).isEmpty();
        assertThat(reading.problems()).hasSize(1);
        Problem problem = reading.problems().get(0);
        assertThat(problem.path()).isEqualTo(path);
        assertThat(problem.problem()).contains(words);
    }

    @Test
    void allMistakesAreFoundAtOnce() {
        assertThat(read("{'camra':1,'count':0,'waitFor':2}").problems()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]", "7", "null", "'image'", "true"})
    void anOrderIsAnObject(String request) {
        assertThat(read(request).problems().get(0).problem()).contains("must be a JSON object");
    }

    private static OrderReading read(String request) {
        return OrderReading.of(JsonParser.parseString(request.replace('\'', '"')), Trigger.METHOD, NOON);
    }
}
