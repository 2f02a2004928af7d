package io.edgecam.imaging;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.StampSettings.Place;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a finished picture of a frame: region, rotation, flip, masks, stamp, EXIF. For any number of threads.
 *
 * <p>A frame that needs no change is handed on as it is. EXIF, a strip below or above and turning move its coefficients
 * and keep all its pixels, wherever its JPEG allows that (see docs/decisions/0006). A region, masks and an overlay change
 * pixels: then it is decoded once and encoded once, with one picture in memory, or two if it is turned.
 */
public final class Darkroom {
    /**
     * The finished picture.
     *
     * @param words text of this one picture, put before the stamp's date; empty = none
     * @throws BadJpegException if the frame cannot be decoded
     */
    public Jpeg develop(Frame frame, LookSettings look, String words) throws BadJpegException {
        String heading = joined(look.stamp().title(), words);
        Jpeg picture = picture(frame, look, heading);
        if (!look.exif()) {
            return picture;
        }
        return Exif.into(
                picture,
                new Exif.Facts(frame.camera(), frame.capturedAt(), look.stamp().timezone(), heading));
    }

    /** Loads fonts and codecs, which takes up to half a second and would else be paid by the first picture. */
    public void warmUp() {
        BufferedImage canvas = new BufferedImage(320, 50, BufferedImage.TYPE_3BYTE_BGR);
        StampLine.draw(canvas, new Rectangle(0, 0, 320, 50), StampLine.Ground.BLACK, "", "0123456789/: äÄ");
        Codec.encode(canvas, 85);
    }

    private static Jpeg picture(Frame frame, LookSettings look, String heading) throws BadJpegException {
        Codec.refuseEmptyClaims(frame.image());
        if (!Symmetry.of(look).changesNothing()) {
            Codec.refuseBeyondMemory(frame.image(), 2, Runtime.getRuntime().maxMemory());
        }
        String date =
                look.stamp().text().format(frame.capturedAt(), look.stamp().timezone());
        if (changesPixels(look)) {
            return redraw(frame.image(), look, heading, date);
        }
        if (!movesPixels(look)) {
            return frame.image();
        }
        try {
            return ContactPrint.of(frame.image(), look, heading, date);
        } catch (NeedsDecoding reason) {
            return redraw(frame.image(), look, heading, date);
        }
    }

    private static boolean changesPixels(LookSettings look) {
        return look.stamp().place() == Place.OVERLAY
                || !look.region().equals(LookSettings.Region.ALL)
                || !look.privacyMasks().isEmpty();
    }

    private static boolean movesPixels(LookSettings look) {
        return look.stamp().place() != Place.NONE || !Symmetry.of(look).changesNothing();
    }

    private static Jpeg redraw(Jpeg image, LookSettings look, String heading, String date) throws BadJpegException {
        Codec.refuseBeyondMemory(image, 1, Runtime.getRuntime().maxMemory());
        Layout layout = Layout.of(image, look);
        BufferedImage canvas = layout.newCanvas();
        Rectangle place = layout.picture();
        if (Symmetry.of(look).changesNothing()) {
            Codec.decode(image, layout.region(), canvas, place.getLocation());
        } else {
            Turn.draw(Codec.decode(image), look, layout.region(), canvas, place.getLocation());
        }
        Masks.blacken(canvas, layout, look.privacyMasks());
        switch (look.stamp().place()) {
            case BELOW, ABOVE -> StampLine.draw(canvas, layout.strip(), StampLine.Ground.BLACK, heading, date);
            case OVERLAY -> StampLine.draw(canvas, layout.strip(), StampLine.Ground.SHADE, heading, date);
            case NONE -> {}
        }
        return Jpeg.of(Codec.encode(canvas, look.quality()));
    }

    private static String joined(String... texts) {
        return Stream.of(texts).filter(text -> !text.isBlank()).collect(Collectors.joining("  "));
    }
}
