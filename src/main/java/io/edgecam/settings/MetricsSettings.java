package io.edgecam.settings;

import io.edgecam.json.Fields;

/** Where metrics are served. */
public record MetricsSettings(boolean enabled, int port) {
    static MetricsSettings read(Fields in) {
        return new MetricsSettings(
                in.flag("enabled", true, "serve metrics for Prometheus"), in.whole("port", 9600, 1, 65535, "TCP port"));
    }
}
