package io.edgecam.settings;

import com.google.gson.JsonArray;
import io.edgecam.json.Fields;
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

    static MotionSettings read(Fields in) {
        return new MotionSettings(
                in.flag("enabled", false, "take pictures when something moves"),
                in.number("thresholdPercent", 0.5, 0.01, 100, "of the picture must change"),
                in.whole("noiseLevel", 32, 1, 255, "smaller changes of a pixel's brightness do not count"),
                in.whole("minimumMotionFrames", 2, 1, 100, "so many frames in a row must differ"),
                in.seconds("eventGapSeconds", 60, 1, 3600, "a movement ends after so long without change"),
                in.whole(
                        "lightSwitchPercent", 80, 0, 100, "changes of more than this are a lamp, no movement; 0 = off"),
                in.whole("preCapture", 0, 0, 100, "pictures kept from before the movement"),
                in.whole("postCapture", 0, 0, 1000, "pictures kept from after the movement"),
                in.choice("pictureOutput", Output.FIRST, "which pictures of a movement are kept"),
                in.whole("framerate", 5, 1, 30, "frames per second that are compared"),
                in.value(
                        "masks",
                        Shapes.POLYGONS_KIND,
                        new JsonArray(),
                        "parts of the upright picture where movement does not count",
                        Shapes::polygons));
    }

    /** Which pictures of a movement are kept. */
    public enum Output {
        FIRST,
        BEST,
        ALL
    }
}
