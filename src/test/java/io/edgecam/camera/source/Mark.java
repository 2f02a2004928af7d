package io.edgecam.camera.source;

import java.time.Instant;

/** What the bar code of a test camera's picture says. */
public record Mark(long frame, Instant capturedAt) {}
