package io.edgecam.settings;

import com.google.gson.JsonArray;
import io.edgecam.json.Fields;
import java.util.List;

/**
 * What a camera's pictures look like. A change here takes effect with the next picture; the camera stays open.
 *
 * @param rotate 0, 90, 180 or 270 degrees clockwise
 * @param region the part that is kept
 * @param privacyMasks parts that are blackened before anything leaves the process
 * @param quality of JPEG encoding, 1 to 100, where pixels change and a picture must be encoded anew: a region, masks, an
 *     overlay, and JPEGs that cannot be stamped or turned as they are
 * @param exif whether date, camera and title are written into the file's header
 */
public record LookSettings(
        int rotate,
        Flip flip,
        Region region,
        List<Polygon> privacyMasks,
        int quality,
        StampSettings stamp,
        boolean exif) {
    public LookSettings {
        privacyMasks = List.copyOf(privacyMasks);
    }

    static LookSettings read(Fields in) {
        JsonArray all = new JsonArray();
        List.of(0, 0, 1, 1).forEach(all::add);
        return new LookSettings(
                in.choice("rotate", 0, List.of(0, 90, 180, 270), "degrees clockwise"),
                in.choice("flip", Flip.NONE, "mirrored after it is turned: left to right, top to bottom, or both"),
                in.value(
                        "roi", Shapes.REGION_KIND, all, "the part of the upright picture that is kept", Shapes::region),
                in.value(
                        "privacyMasks",
                        Shapes.POLYGONS_KIND,
                        new JsonArray(),
                        "parts of the upright picture that are blackened before anything leaves the module",
                        Shapes::polygons),
                in.whole(
                        "quality",
                        85,
                        1,
                        100,
                        "of JPEG, only where pixels change and it is encoded anew: `roi`, `privacyMasks`, overlay"),
                in.object("stamp", StampSettings::read),
                in.flag("exif", true, "write date, camera and title into the file's header"));
    }

    /** Mirrored left to right, top to bottom, or both. */
    public enum Flip {
        NONE,
        HORIZONTAL,
        VERTICAL,
        BOTH
    }

    /** A rectangle in parts of the upright picture, 0 to 1. */
    public record Region(double left, double top, double width, double height) {
        public static final Region ALL = new Region(0, 0, 1, 1);
    }

    /** A closed line of at least three points. */
    public record Polygon(List<Point> points) {
        public Polygon {
            points = List.copyOf(points);
        }
    }

    /** A point in parts of the upright picture, 0 to 1. */
    public record Point(double x, double y) {}
}
