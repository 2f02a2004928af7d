package io.edgecam.imaging;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Jpeg;
import java.awt.image.BufferedImage;

/**
 * How good a shot is, as numbers to compare with the same camera's other shots.
 *
 * @param brightness mean luma, 0 (black) to 255 (white)
 * @param sharpness variance of the luma's Laplacian: a blurred, covered or foggy view has little
 */
public record Quality(double brightness, double sharpness) {
    private static final int SAMPLES_ACROSS = 480;

    /** Decodes the image and looks at a grid of its pixels. */
    public static Quality of(Jpeg image) throws BadJpegException {
        BufferedImage pixels = Codec.decode(image);
        int step = Math.max(1, image.width() / SAMPLES_ACROSS);
        double luma = 0;
        double edges = 0;
        double squares = 0;
        int count = 0;
        for (int y = 1; y < image.height() - 1; y += step) {
            for (int x = 1; x < image.width() - 1; x += step) {
                double here = luma(pixels, x, y);
                double edge = luma(pixels, x - 1, y)
                        + luma(pixels, x + 1, y)
                        + luma(pixels, x, y - 1)
                        + luma(pixels, x, y + 1)
                        - 4 * here;
                luma += here;
                edges += edge;
                squares += edge * edge;
                count++;
            }
        }
        double mean = edges / Math.max(1, count);
        return new Quality(luma / Math.max(1, count), squares / Math.max(1, count) - mean * mean);
    }

    /** ITU-R BT.601. */
    private static double luma(BufferedImage pixels, int x, int y) {
        int rgb = pixels.getRGB(x, y);
        return 0.299 * (rgb >> 16 & 0xFF) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF);
    }
}
