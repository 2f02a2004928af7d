package io.edgecam.camera.source;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Reads the bar code of the test camera from a picture, written from docs/test-camera.md alone: it shares no code with
 * the camera. It looks for the code at every height, as a strip above a picture moves it down.
 */
public final class BarCode {
    private static final int COLUMNS = 16;
    private static final int ROWS = 6;

    private final BufferedImage picture;
    private final double cell;

    private BarCode(BufferedImage picture) {
        this.picture = picture;
        this.cell = picture.getWidth() / 64.0;
    }

    /** What the code says; empty if there is none or it cannot be read. */
    public static Optional<Mark> read(byte[] jpeg) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        return picture == null ? Optional.empty() : new BarCode(picture).search();
    }

    private Optional<Mark> search() {
        for (int top = 0; top + cell * (ROWS + 2) < picture.getHeight(); top++) {
            Optional<Mark> mark = readAt(top);
            if (mark.isPresent()) {
                return mark;
            }
        }
        return Optional.empty();
    }

    /** The code in a picture whose upper edge is at this line. */
    private Optional<Mark> readAt(int top) {
        double white = 0;
        double black = 0;
        for (int column = 0; column < COLUMNS; column++) {
            if (column % 2 == 0) {
                white += brightness(top, 0, column) * 2 / COLUMNS;
            } else {
                black += brightness(top, 0, column) * 2 / COLUMNS;
            }
        }
        if (white - black < 64) {
            return Optional.empty();
        }
        double middle = (white + black) / 2;
        byte[] bytes = new byte[COLUMNS * ROWS / 8];
        for (int bit = 0; bit < COLUMNS * ROWS; bit++) {
            if (brightness(top, 1 + bit / COLUMNS, bit % COLUMNS) > middle) {
                bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
        }
        ByteBuffer code = ByteBuffer.wrap(bytes);
        long frame = code.getInt() & 0xFFFFFFFFL;
        long millis = (code.getShort() & 0xFFFFL) << 32 | (code.getInt() & 0xFFFFFFFFL);
        return crc(bytes) == (code.getShort() & 0xFFFF)
                ? Optional.of(new Mark(frame, Instant.ofEpochMilli(millis)))
                : Optional.empty();
    }

    /** Mean brightness of the inner half of a cell. */
    private double brightness(int top, int row, int column) {
        int left = (int) Math.round((column + 1.3) * cell);
        int right = Math.max(left + 1, (int) Math.round((column + 1.7) * cell));
        int upper = top + (int) Math.round((row + 1.3) * cell);
        int lower = Math.max(upper + 1, top + (int) Math.round((row + 1.7) * cell));
        double sum = 0;
        for (int y = upper; y < lower; y++) {
            for (int x = left; x < right; x++) {
                Color color = new Color(picture.getRGB(x, Math.min(y, picture.getHeight() - 1)));
                sum += (color.getRed() + color.getGreen() + color.getBlue()) / 3.0;
            }
        }
        return sum / (right - left) / (lower - upper);
    }

    private static int crc(byte[] bytes) {
        int crc = 0xFFFF;
        for (int bit = 0; bit < 80; bit++) {
            int next = bytes[bit / 8] >> (7 - bit % 8) & 1;
            int top = crc >> 15 & 1;
            crc = (crc << 1 & 0xFFFF) ^ (top != next ? 0x1021 : 0);
        }
        return crc;
    }
}
