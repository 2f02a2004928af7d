package io.edgecam.camera.source;

import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A painted landscape with a windmill, clouds and a sun that goes its way in a minute. The still part is painted once;
 * two pictures of this size are kept. For one thread.
 */
final class Scene {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Color MEADOW = new Color(96, 142, 70);
    private static final Color HILL = new Color(116, 150, 128);
    private static final Color CLOUD = new Color(250, 250, 252);
    private static final int FULL_TURN_MILLIS = 9_000;
    private static final int DAY_MILLIS = 60_000;
    private static final int CLOUDS_MILLIS = 90_000;

    private final int width;
    private final int height;
    private final BufferedImage still;
    private final BufferedImage picture;
    private final Font font;

    Scene(int width, int height) {
        this.width = width;
        this.height = height;
        this.still = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        this.picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        this.font = new Font(Font.MONOSPACED, Font.BOLD, Math.max(8, width / 64));
        paintStill();
    }

    /** The scene at this moment; the same object each time, good until the next call. */
    BufferedImage at(long frame, Instant moment) {
        byte[] from = ((DataBufferByte) still.getRaster().getDataBuffer()).getData();
        byte[] to = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        System.arraycopy(from, 0, to, 0, from.length);
        Graphics2D pen = picture.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            long millis = moment.toEpochMilli();
            paintSun(pen, part(millis, DAY_MILLIS));
            paintClouds(pen, part(millis, CLOUDS_MILLIS));
            paintSails(pen, part(millis, FULL_TURN_MILLIS) * 2 * Math.PI);
            paintCode(pen, BarCodeFormat.encode(frame, millis));
            paintText(pen, List.of("edgecam test camera", "frame " + frame, TIME.format(moment)));
        } finally {
            pen.dispose();
        }
        return picture;
    }

    private static double part(long millis, int whole) {
        return Math.floorMod(millis, whole) / (double) whole;
    }

    private void paintStill() {
        Graphics2D pen = still.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setPaint(new GradientPaint(0, 0, new Color(96, 150, 214), 0, height * 0.7f, new Color(214, 230, 240)));
        pen.fillRect(0, 0, width, height);
        pen.setColor(HILL);
        pen.fill(hills(0.62, 0.06, 2.3));
        pen.setColor(MEADOW);
        pen.fill(hills(0.76, 0.03, 1.2));
        pen.setColor(new Color(120, 84, 62));
        pen.fill(corners(0.785, 0.50, 0.815, 0.50, 0.835, 0.80, 0.765, 0.80));
        pen.setColor(new Color(150, 56, 44));
        pen.fill(corners(0.78, 0.505, 0.80, 0.455, 0.82, 0.505));
        pen.dispose();
    }

    private Polygon hills(double level, double swing, double waves) {
        Polygon shape = new Polygon();
        shape.addPoint(0, height);
        for (int x = 0; x <= width; x += Math.max(1, width / 80)) {
            double wave = Math.sin(x * waves * 2 * Math.PI / width + waves);
            shape.addPoint(x, (int) (height * (level + swing * wave)));
        }
        shape.addPoint(width, (int) (height * level));
        shape.addPoint(width, height);
        return shape;
    }

    private Polygon corners(double... parts) {
        Polygon shape = new Polygon();
        for (int i = 0; i < parts.length; i += 2) {
            shape.addPoint((int) Math.round(parts[i] * width), (int) Math.round(parts[i + 1] * height));
        }
        return shape;
    }

    private void paintSun(Graphics2D pen, double part) {
        int size = width / 14;
        int x = (int) (part * (width + size)) - size;
        int y = (int) (height * (0.42 - 0.24 * Math.sin(part * Math.PI)));
        pen.setColor(new Color(255, 226, 120));
        pen.fillOval(x, y, size, size);
    }

    private void paintClouds(Graphics2D pen, double part) {
        pen.setColor(CLOUD);
        for (int i = 0; i < 3; i++) {
            double place = (part + i * 0.37) % 1;
            int x = (int) (place * width * 1.3 - width * 0.2);
            int y = (int) (height * (0.26 + 0.07 * i));
            int size = width / 16;
            pen.fillOval(x, y, size * 2, size / 2);
            pen.fillOval(x + size / 3, y - size / 4, size, size / 2);
            pen.fillOval(x + size, y - size / 6, size * 3 / 4, size / 2);
        }
    }

    private void paintSails(Graphics2D pen, double angle) {
        AffineTransform upright = pen.getTransform();
        pen.setColor(new Color(244, 240, 228));
        int length = height / 5;
        int breadth = Math.max(3, height / 36);
        pen.translate(0.80 * width, 0.50 * height);
        pen.rotate(angle);
        for (int i = 0; i < 4; i++) {
            pen.fillRect(length / 8, 0, length, breadth);
            pen.rotate(Math.PI / 2);
        }
        pen.setTransform(upright);
    }

    private void paintCode(Graphics2D pen, byte[] code) {
        int edge = cells(0.5);
        pen.setColor(Color.BLACK);
        pen.fillRect(
                edge, edge, cells(BarCodeFormat.COLUMNS + 1.5) - edge, cells(BarCodeFormat.DATA_ROWS + 2.5) - edge);
        pen.setColor(Color.WHITE);
        for (int row = 0; row <= BarCodeFormat.DATA_ROWS; row++) {
            for (int column = 0; column < BarCodeFormat.COLUMNS; column++) {
                if (BarCodeFormat.white(code, row, column)) {
                    int x = cells(column + 1);
                    int y = cells(row + 1);
                    pen.fillRect(x, y, cells(column + 2) - x, cells(row + 2) - y);
                }
            }
        }
    }

    private void paintText(Graphics2D pen, List<String> lines) {
        pen.setFont(font);
        int x = cells(BarCodeFormat.COLUMNS + 2.5);
        int y = cells(2);
        for (String line : lines) {
            pen.setColor(Color.BLACK);
            pen.drawString(line, x + 1, y + 1);
            pen.setColor(Color.WHITE);
            pen.drawString(line, x, y);
            y += cells(1.5);
        }
    }

    /** So many cells of the bar code, in pixels. */
    private int cells(double count) {
        return (int) Math.round(count * width / BarCodeFormat.CELLS_IN_WIDTH);
    }
}
