package io.edgecam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.picture.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HealthTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final List<Event> told = new ArrayList<>();
    private Instant now = NOON;

    @Test
    void staysLostWhenItIsClosedWithoutHavingShownThatItIsWell() {
        Health health = health(Duration.ZERO);
        health.lost("unplugged");
        health.tellLoss();
        now = NOON.plusSeconds(60);

        health.idle();

        assertThat(health.status().state()).isEqualTo(CameraStatus.State.LOST);
        assertThat(health.status().error()).isEqualTo("unplugged");
        now = NOON.plusSeconds(90);
        health.live(frame());
        assertThat(told).extracting(Event::type).containsExactly(EventType.CAMERA_LOST, EventType.CAMERA_FOUND);
        assertThat(told.get(1).details().get("lostSeconds"))
                .as("measured, not told by a clock that was moved")
                .isInstanceOfSatisfying(
                        Double.class, seconds -> assertThat(seconds).isBetween(0.0, 60.0));
    }

    @Test
    void tellsALossOnceHoweverManyReasonsItHas() {
        Health health = health(Duration.ZERO);
        health.lost("unplugged");
        health.tellLoss();
        health.lost("not there");
        health.tellLoss();

        assertThat(told).hasSize(1);
        assertThat(health.status().error()).isEqualTo("not there");
        assertThat(health.status().since()).isEqualTo(NOON);
    }

    @Test
    void tellsNeitherLossNorReturnOfABlip() {
        Health health = health(Duration.ofDays(1));
        health.live(frame());
        health.lost("loose contact");
        health.tellLoss();
        health.live(frame());

        assertThat(told).isEmpty();
    }

    private Health health(Duration blip) {
        Events events = new Events();
        events.listen(told::add);
        return new Health("front", events, () -> now, blip);
    }

    private static Frame frame() {
        return new Frame("front", 0, NOON, 0, Pictures.small());
    }
}
