package io.edgecam.settings;

import io.edgecam.settings.LookSettings.Polygon;
import java.time.Duration;
import java.util.List;

/** When pictures are taken because something moves. Percentages are of the picture's area. */
public record MotionSettings(
        boolean enabled,
        double thresholdPercent,
        int noiseLevel,
        int minimumMotionFrames,
        Duration eventGap,
        int lightSwitchPercent,
        int preCapture,
        int postCapture,
        Output pictureOutput,
        int framerate,
        List<Polygon> masks) {
    public MotionSettings {
        masks = List.copyOf(masks);
    }

    /** Which pictures of a movement are kept. */
    public enum Output {
        FIRST,
        BEST,
        ALL
    }
}
