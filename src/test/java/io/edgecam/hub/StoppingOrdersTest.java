package io.edgecam.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.edgecam.contract.Answer;
import io.edgecam.contract.TakePicture;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.taking.Taking;
import io.edgecam.thread.Crew;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Orders that come, wait or run when those who carry them out are told to stop. */
@Timeout(60)
class StoppingOrdersTest {
    @TempDir
    Path folder;

    private final InstantSource clock = InstantSource.system();
    private final Crew crew = new Crew("orders", 1, 1);
    private Taking taking;
    private RoutedMessages messages;
    private Methods methods;

    /** Without settings every order waits for them. */
    @BeforeEach
    void open() {
        taking = new Taking(folder);
        TakePicture takePicture = new TakePicture(taking.taker(), clock);
        messages = new RoutedMessages(crew, takePicture, taking.events(), clock);
        methods = new Methods(crew, takePicture, Map.of("getStatus", request -> new Answer(200, new JsonObject())));
    }

    @AfterEach
    void close() {
        crew.close();
        taking.close();
    }

    @Test
    void aMethodIsBusyWhileTooManyWaitAndStoppingWhenTheCrewIsClosed() {
        messages.take(message("runs"));
        messages.take(message("waits"));
        Answer busy = methods.answer("getStatus", new JsonObject());
        crew.close();
        Answer stopping = methods.answer("getStatus", new JsonObject());

        assertThat(busy.status()).isEqualTo(409);
        assertThat(code(busy)).isEqualTo("Busy");
        assertThat(stopping.status()).isEqualTo(503);
        assertThat(code(stopping)).isEqualTo("Stopping");
    }

    @Test
    void everyOrderOfAMessageThatIsNotCarriedOutIsToldOf() {
        messages.take(message("runs"));
        messages.take(message("waits"));
        messages.take(message("finds no place"));
        assertThat(refused()).containsExactly("finds no place");

        crew.close();
        messages.take(message("comes too late"));

        assertThat(refused()).containsExactlyInAnyOrder("finds no place", "waits", "runs", "comes too late");
        assertThat(problems("finds no place")).contains("too many orders wait");
        assertThat(problems("waits")).contains("stopped before the order's turn");
        assertThat(problems("runs")).contains("broken off");
        assertThat(problems("comes too late")).contains("stopped before the order's turn");
    }

    private List<Object> refused() {
        return taking.told().stream()
                .filter(event -> event.type() == EventType.MESSAGE_REFUSED)
                .map(event -> event.details().get("messageId"))
                .toList();
    }

    private String problems(String id) {
        return taking.told().stream()
                .map(Event::details)
                .filter(details -> id.equals(details.get("messageId")))
                .map(details -> String.valueOf(details.get("problems")))
                .findFirst()
                .orElseThrow();
    }

    private static String code(Answer answer) {
        return answer.body().getAsJsonObject("error").get("code").getAsString();
    }

    private static IncomingMessage message(String id) {
        return new IncomingMessage("orders", id, Optional.empty(), "{\"timeoutSeconds\": 300}");
    }
}
