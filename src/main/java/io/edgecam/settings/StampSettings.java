package io.edgecam.settings;

import io.edgecam.json.Fields;
import io.edgecam.picture.Strftime;
import java.time.ZoneId;

/**
 * The line that is written on or beside a picture.
 *
 * @param text strftime pattern of the date
 * @param title words before the date
 * @param height of the strip in pixels; a strip above a picture is rounded up to a multiple of 16
 */
public record StampSettings(Place place, Strftime text, String title, ZoneId timezone, int height) {
    static StampSettings read(Fields in) {
        return new StampSettings(
                in.choice("place", Place.BELOW, "beside the picture, which keeps all its pixels, or upon it"),
                in.text("text", "%Y/%m/%d %H:%M:%S", "strftime", "the date as it is written", Strftime::new),
                in.text("title", "", 128, "words before the date"),
                in.text("timezone", "UTC", TimeZones.KIND, "of the date in the stamp", TimeZones::read),
                in.whole(
                        "heightPixels",
                        50,
                        12,
                        400,
                        "height of the strip; above a picture rounded up to a multiple of 16"));
    }

    /** Where the line stands: beside the picture, which keeps all its pixels, or upon it. */
    public enum Place {
        BELOW,
        ABOVE,
        OVERLAY,
        NONE
    }
}
