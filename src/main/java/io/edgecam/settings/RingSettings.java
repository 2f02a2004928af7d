package io.edgecam.settings;

import java.time.Duration;

/**
 * The newest frames that are kept in memory, to be asked for later.
 *
 * @param length zero = none
 */
public record RingSettings(Duration length, long maxBytes) {}
