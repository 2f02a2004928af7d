package io.edgecam.imaging;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.StampSettings;
import io.edgecam.settings.StampSettings.Place;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/**
 * What goes where, in pixels.
 *
 * @param upright size of the whole picture after rotation
 * @param region the part of the upright picture that is kept
 * @param picture where that part stands on the canvas
 * @param strip where the stamp stands on the canvas; empty for none
 */
record Layout(Dimension upright, Rectangle region, Rectangle picture, Rectangle strip) {
    /** A strip above is a multiple of so many rows, decoded or not, so that the usual pictures need no decoding. */
    static final int ROWS_ABOVE = 16;

    static Layout of(Jpeg image, LookSettings look) {
        boolean lying = look.rotate() % 180 == 0;
        Dimension upright =
                lying ? new Dimension(image.width(), image.height()) : new Dimension(image.height(), image.width());
        Rectangle region = region(upright, look.region());
        Place place = look.stamp().place();
        int height = place == Place.OVERLAY ? look.stamp().height() : stripHeight(look.stamp());
        int pictureTop = place == Place.ABOVE ? height : 0;
        int stripTop = switch (place) {
            case ABOVE, NONE -> 0;
            case BELOW -> region.height;
            case OVERLAY -> Math.max(0, region.height - height);
        };
        int stripHeight = place == Place.OVERLAY ? Math.min(height, region.height) : height;
        return new Layout(
                upright,
                region,
                new Rectangle(0, pictureTop, region.width, region.height),
                new Rectangle(0, stripTop, region.width, stripHeight));
    }

    /** By how many rows a stamp makes the picture higher. */
    static int stripHeight(StampSettings stamp) {
        return switch (stamp.place()) {
            case BELOW -> stamp.height();
            case ABOVE -> (stamp.height() + ROWS_ABOVE - 1) / ROWS_ABOVE * ROWS_ABOVE;
            case OVERLAY, NONE -> 0;
        };
    }

    /** @throws BadJpegException if picture and strip are higher than can be encoded */
    BufferedImage newCanvas() throws BadJpegException {
        Rectangle all = picture.union(strip);
        if (all.height > CodedFrame.MOST_ROWS) {
            throw new BadJpegException(
                    "would have " + all.height + " rows, at most " + CodedFrame.MOST_ROWS + " can be encoded");
        }
        return new BufferedImage(all.width, all.height, BufferedImage.TYPE_3BYTE_BGR);
    }

    /** At least one pixel, and never beyond the picture. */
    private static Rectangle region(Dimension whole, LookSettings.Region part) {
        int left = within(part.left() * whole.width, 0, whole.width - 1);
        int top = within(part.top() * whole.height, 0, whole.height - 1);
        int right = within((part.left() + part.width()) * whole.width, left + 1, whole.width);
        int bottom = within((part.top() + part.height()) * whole.height, top + 1, whole.height);
        return new Rectangle(left, top, right - left, bottom - top);
    }

    private static int within(double value, int least, int most) {
        return (int) Math.max(least, Math.min(most, Math.round(value)));
    }
}
