package io.edgecam.localedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RouteTest {
    @Test
    void takesWhatItNames() {
        Route route = Route.parse("FROM /messages/modules/A/outputs/x INTO BrokeredEndpoint(\"/modules/B/inputs/y\")");

        assertThat(route.into()).contains(new Route.Target("B", "y"));
        assertThat(takes(route, "A", "x")).isTrue();
        assertThat(takes(route, "A", "z")).isFalse();
        assertThat(takes(route, "B", "x")).isFalse();
    }

    @Test
    void knowsTheWiderForms() {
        assertThat(takes(Route.parse("FROM /* INTO $upstream"), "A", "x")).isTrue();
        assertThat(takes(Route.parse("from /messages/* into $upstream"), "A", ""))
                .isTrue();
        assertThat(takes(Route.parse("FROM /messages/modules/A/outputs/* INTO $upstream"), "A", "x"))
                .isTrue();
        assertThat(takes(Route.parse("FROM /messages/modules/A/* INTO $upstream"), "B", "x"))
                .isFalse();
    }

    @Test
    void saysWhatItCannotRead() {
        assertThatThrownBy(() -> Route.parse("FROM /messages/* WHERE a = 'b' INTO $upstream"))
                .hasMessageContaining("without WHERE");
    }

    private static boolean takes(Route route, String module, String output) {
        Map<String, String> system = output.isEmpty() ? Map.of() : Map.of("$.on", output);
        Telemetry message = new Telemetry(module, new PropertyBag(system, Map.of()), new byte[0], Instant.EPOCH);
        return route.takes(new Identity("d", module), message);
    }
}
