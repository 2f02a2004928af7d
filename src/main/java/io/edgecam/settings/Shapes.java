package io.edgecam.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.edgecam.json.Exact;
import io.edgecam.settings.LookSettings.Point;
import io.edgecam.settings.LookSettings.Polygon;
import io.edgecam.settings.LookSettings.Region;
import java.util.ArrayList;
import java.util.List;

/** Reads shapes in parts of the upright picture, 0 to 1. Has no state, for any number of threads. */
final class Shapes {
    static final String REGION_KIND = "[left, top, width, height], each from 0 to 1";
    static final String POLYGONS_KIND = "up to 32 shapes of 3 to 64 points [x, y], each from 0 to 1";

    private static final int MAX_POLYGONS = 32;
    private static final int MAX_POINTS = 64;
    private static final double SMALLEST = 0.01;

    /** 0.7 + 0.3 is not quite 1 in binary fractions. */
    private static final double ROUNDING = 1e-9;

    private Shapes() {}

    static Region region(JsonElement value) {
        JsonArray list = Exact.list(value, 4, 4, "numbers");
        Region region = new Region(
                Exact.number(list.get(0), 0, 1),
                Exact.number(list.get(1), 0, 1),
                Exact.number(list.get(2), SMALLEST, 1),
                Exact.number(list.get(3), SMALLEST, 1));
        if (region.left() + region.width() > 1 + ROUNDING || region.top() + region.height() > 1 + ROUNDING) {
            throw new IllegalArgumentException(
                    "reaches out of the picture: left + width and top + height may be at most 1");
        }
        return region;
    }

    static List<Polygon> polygons(JsonElement value) {
        List<Polygon> polygons = new ArrayList<>();
        for (JsonElement shape : Exact.list(value, 0, MAX_POLYGONS, "shapes")) {
            List<Point> points = new ArrayList<>();
            for (JsonElement point : Exact.list(shape, 3, MAX_POINTS, "points [x, y]")) {
                JsonArray xy = Exact.list(point, 2, 2, "numbers");
                points.add(new Point(Exact.number(xy.get(0), 0, 1), Exact.number(xy.get(1), 0, 1)));
            }
            polygons.add(new Polygon(points));
        }
        return polygons;
    }
}
