package io.edgecam.imaging;

import io.edgecam.settings.LookSettings.Point;
import io.edgecam.settings.LookSettings.Polygon;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Blackens what nobody may see. A pixel that a mask touches only in part is black too. */
final class Masks {
    private Masks() {}

    static void blacken(BufferedImage canvas, Layout layout, List<Polygon> masks) {
        if (masks.isEmpty()) {
            return;
        }
        Graphics2D pen = canvas.createGraphics();
        pen.setClip(layout.picture());
        pen.translate(layout.picture().x - layout.region().x, layout.picture().y - layout.region().y);
        pen.setColor(Color.BLACK);
        for (Polygon mask : masks) {
            java.awt.Polygon shape = new java.awt.Polygon();
            for (Point point : mask.points()) {
                shape.addPoint((int) Math.round(point.x() * layout.upright().width), (int)
                        Math.round(point.y() * layout.upright().height));
            }
            pen.fillPolygon(shape);
            pen.drawPolygon(shape);
        }
        pen.dispose();
    }
}
