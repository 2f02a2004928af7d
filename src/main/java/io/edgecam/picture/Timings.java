package io.edgecam.picture;

import java.time.Duration;

/**
 * How long each stage of a picture took.
 *
 * @param frame waiting for the frame, opening the camera included
 * @param develop from the camera's JPEG to the finished one
 * @param spool until it was safe on this device
 * @param upload until the store had it; zero while it has not
 * @param total from the order to the last stage that is done
 */
public record Timings(Duration frame, Duration develop, Duration spool, Duration upload, Duration total) {}
