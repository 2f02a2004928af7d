package io.edgecam.settings;

/** Where metrics are served. */
public record MetricsSettings(boolean enabled, int port) {}
