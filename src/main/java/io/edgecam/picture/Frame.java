package io.edgecam.picture;

import java.time.Instant;

/**
 * One image as a camera delivered it.
 *
 * @param sequence counts up by one for each frame of a camera, on through every reconnect; a gap means skipped frames
 * @param capturedAt when it was taken, by the device's clock
 * @param capturedNanos the same moment on the scale of {@link System#nanoTime}, which no clock change moves
 */
public record Frame(String camera, long sequence, Instant capturedAt, long capturedNanos, Jpeg image) {}
