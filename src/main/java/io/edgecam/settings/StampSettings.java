package io.edgecam.settings;

import io.edgecam.picture.Strftime;
import java.time.ZoneId;

/**
 * The line that is written on or beside a picture.
 *
 * @param text strftime pattern of the date
 * @param title words before the date
 * @param height of the strip in pixels
 */
public record StampSettings(Place place, Strftime text, String title, ZoneId timezone, int height) {
    /** Where the line stands: beside the picture, which keeps all its pixels, or upon it. */
    public enum Place {
        BELOW,
        ABOVE,
        OVERLAY,
        NONE
    }
}
