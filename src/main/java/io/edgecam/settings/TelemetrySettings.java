package io.edgecam.settings;

import java.time.Duration;

/** @param heartbeat how often a sign of life is sent; zero = never */
public record TelemetrySettings(Duration heartbeat) {}
