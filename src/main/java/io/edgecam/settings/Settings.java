package io.edgecam.settings;

import java.util.Map;

/** Everything an operator can choose, complete and checked: no field needs a further look before use. */
public record Settings(
        StorageSettings storage,
        Map<String, CameraSettings> cameras,
        SpoolSettings spool,
        WebSettings web,
        MetricsSettings metrics,
        TelemetrySettings telemetry) {
    public Settings {
        cameras = Map.copyOf(cameras);
    }
}
