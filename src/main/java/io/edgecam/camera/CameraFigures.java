package io.edgecam.camera;

import java.time.Duration;
import java.util.Optional;

/**
 * What is counted of a camera since the start, and changes all the time.
 *
 * @param frames received
 * @param damaged images thrown away because they were cut off or damaged
 * @param warmUp frames thrown away because the camera had just been opened
 * @param opens how often it was opened and gave a frame
 * @param opening how long the last of these took until the first frame that was used, warm-up included
 * @param age of the newest frame; empty while the camera is not open
 */
public record CameraFigures(
        long frames, long damaged, long warmUp, long opens, Optional<Duration> opening, Optional<Duration> age) {}
