package io.edgecam.imaging;

import io.edgecam.picture.Jpeg;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/** JPEGs that the tests make themselves. */
final class SampleJpegs {
    private SampleJpegs() {}

    /** Four fields, clockwise from the upper left: red, green, blue, yellow. */
    static Jpeg quarters(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height / 2);
        pen.setColor(Color.GREEN);
        pen.fillRect(width / 2, 0, width / 2, height / 2);
        pen.setColor(Color.BLUE);
        pen.fillRect(width / 2, height / 2, width / 2, height / 2);
        pen.setColor(Color.YELLOW);
        pen.fillRect(0, height / 2, width / 2, height / 2);
        pen.dispose();
        return encode(image, 95);
    }

    static Jpeg noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return encode(image, 90);
    }

    static Jpeg encode(BufferedImage image, int quality) {
        try {
            return Jpeg.of(Codec.encode(image, quality));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Color color(String name) {
        return switch (name) {
            case "red" -> Color.RED;
            case "green" -> Color.GREEN;
            case "blue" -> Color.BLUE;
            default -> Color.YELLOW;
        };
    }
}
