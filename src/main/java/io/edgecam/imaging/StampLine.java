package io.edgecam.imaging;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.text.Normalizer;

/**
 * The line of the stamp, white on dark: a heading and the date. What is too long gets smaller, then the heading is cut
 * with an ellipsis; the date always stays whole.
 */
final class StampLine {
    /** What is under the letters. */
    enum Ground {
        /** Nothing but black. */
        BLACK,
        /** The picture, darkened. */
        SHADE
    }

    private static final double FONT_PART = 0.5;
    private static final double SMALLEST_PART = 0.3;
    private static final int SMALLEST_PIXELS = 6;
    private static final Color SHADE = new Color(0, 0, 0, 150);
    private static final String GAP = "  ";

    private StampLine() {}

    static void draw(BufferedImage canvas, Rectangle place, Ground ground, String heading, String date) {
        Graphics2D pen = canvas.createGraphics();
        try {
            pen.setClip(place);
            pen.setColor(ground == Ground.BLACK ? Color.BLACK : SHADE);
            pen.fill(place);
            pen.setColor(Color.WHITE);
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            int margin = place.height / 3;
            String line = fit(pen, place.height, Math.max(1, place.width - 2 * margin), heading, date);
            FontMetrics metrics = pen.getFontMetrics();
            int baseline = place.y + (place.height - metrics.getHeight()) / 2 + metrics.getAscent();
            pen.drawString(line, place.x + Math.min(margin, place.width / 20), baseline);
        } finally {
            pen.dispose();
        }
    }

    /** The text that fits, in the font that the pen then has. */
    private static String fit(Graphics2D pen, int height, int width, String heading, String date) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
        String head = writable(font, heading);
        String tail = writable(font, date);
        String whole = head.isEmpty() || tail.isEmpty() ? head + tail : head + GAP + tail;
        int smallest = Math.max(SMALLEST_PIXELS, (int) (height * SMALLEST_PART));
        int size = Math.max(SMALLEST_PIXELS, (int) (height * FONT_PART));
        while (size > smallest && width(pen, font, size, whole) > width) {
            size--;
        }
        while (size > SMALLEST_PIXELS && width(pen, font, size, tail) > width) {
            size--;
        }
        if (width(pen, font, size, whole) <= width) {
            return whole;
        }
        int kept = head.length();
        String cut = tail;
        while (kept > 0) {
            kept = head.offsetByCodePoints(kept, -1);
            cut = head.substring(0, kept).stripTrailing() + "…" + (tail.isEmpty() ? "" : GAP + tail);
            if (width(pen, font, size, cut) <= width) {
                return cut;
            }
        }
        return tail;
    }

    private static int width(Graphics2D pen, Font font, int size, String text) {
        pen.setFont(font.deriveFont((float) size));
        return pen.getFontMetrics().stringWidth(text);
    }

    /** Line breaks become spaces; a character without a glyph becomes its plain letter, or a question mark. */
    private static String writable(Font font, String text) {
        StringBuilder writable = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.isWhitespace(point) || Character.isISOControl(point)) {
                writable.append(' ');
            } else if (font.canDisplay(point)) {
                writable.appendCodePoint(point);
            } else {
                writable.append(plain(font, point));
            }
        });
        return writable.toString().strip();
    }

    private static String plain(Font font, int point) {
        int letter = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKD)
                .codePointAt(0);
        return font.canDisplay(letter) ? Character.toString(letter) : "?";
    }
}
