package io.edgecam.camera;

import java.time.Instant;
import java.util.Locale;

/**
 * How a camera is.
 *
 * @param since when it came to be so
 * @param width of its newest frame, 0 before the first
 * @param height of its newest frame, 0 before the first
 * @param error why it is lost, in the operator's words; empty otherwise
 * @param frames received since the start
 * @param rate frames per second while live, else 0
 * @param damaged images thrown away since the start because they were cut off or damaged
 */
public record CameraStatus(
        State state, Instant since, int width, int height, String error, long frames, double rate, long damaged) {
    public enum State {
        LIVE,
        IDLE,
        LOST,
        DISABLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
