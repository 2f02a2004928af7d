package io.edgecam.settings;

import io.edgecam.json.Fields;
import java.time.Duration;

/** @param heartbeat how often a sign of life is sent; zero = never */
public record TelemetrySettings(Duration heartbeat) {
    private static final int DAY_SECONDS = 24 * 3600;

    static TelemetrySettings read(Fields in) {
        Duration heartbeat =
                in.seconds("heartbeatSeconds", 60, 0, DAY_SECONDS, "a sign of life so often, at least 1; 0 = never");
        if (!heartbeat.isZero() && heartbeat.toSeconds() < 1) {
            in.refuse("heartbeatSeconds", "must be 0 for never, or at least 1");
        }
        return new TelemetrySettings(heartbeat);
    }
}
