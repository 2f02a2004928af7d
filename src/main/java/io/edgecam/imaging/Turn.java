package io.edgecam.imaging;

import io.edgecam.settings.LookSettings;
import io.edgecam.settings.LookSettings.Flip;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** Rotates clockwise by a multiple of 90 degrees, then flips, then cuts out the region: one walk over the pixels. */
final class Turn {
    private static final int BYTES = 3;

    private Turn() {}

    /** Both images have three bytes a pixel, row after row. */
    static void draw(BufferedImage from, LookSettings look, Rectangle region, BufferedImage to, Point at) {
        byte[] source = ((DataBufferByte) from.getRaster().getDataBuffer()).getData();
        byte[] target = ((DataBufferByte) to.getRaster().getDataBuffer()).getData();
        int start = index(from, look, region.x, region.y);
        int right = index(from, look, region.x + 1, region.y) - start;
        int down = index(from, look, region.x, region.y + 1) - start;
        for (int y = 0; y < region.height; y++) {
            int read = start + y * down;
            int write = ((at.y + y) * to.getWidth() + at.x) * BYTES;
            for (int x = 0; x < region.width; x++) {
                target[write] = source[read];
                target[write + 1] = source[read + 1];
                target[write + 2] = source[read + 2];
                write += BYTES;
                read += right;
            }
        }
    }

    /** Where the pixel that comes to (x, y) of the upright picture is in the source. */
    private static int index(BufferedImage from, LookSettings look, int x, int y) {
        int width = from.getWidth();
        int height = from.getHeight();
        boolean lying = look.rotate() % 180 == 0;
        int uprightWidth = lying ? width : height;
        int uprightHeight = lying ? height : width;
        int column = look.flip() == Flip.HORIZONTAL || look.flip() == Flip.BOTH ? uprightWidth - 1 - x : x;
        int row = look.flip() == Flip.VERTICAL || look.flip() == Flip.BOTH ? uprightHeight - 1 - y : y;
        return switch (look.rotate()) {
            case 90 -> (width * (height - 1 - column) + row) * BYTES;
            case 180 -> (width * (height - 1 - row) + width - 1 - column) * BYTES;
            case 270 -> (width * column + width - 1 - row) * BYTES;
            default -> (width * row + column) * BYTES;
        };
    }
}
