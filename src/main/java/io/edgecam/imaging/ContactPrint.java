package io.edgecam.imaging;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.StampSettings.Place;

/**
 * A finished picture that was not decoded on the way: the frame's own coefficients, at their place or turned, and the
 * strip before or after them in one scan. For any number of threads.
 */
final class ContactPrint {
    private static final int STRIP_BYTES_EXPECTED = 32_768;

    private ContactPrint() {}

    /**
     * Turns the picture and puts the strip below or above it.
     *
     * @param look without anything that changes pixels: no region, no masks, no overlay
     * @throws NeedsDecoding if this picture, or this look, does not allow it
     */
    static Jpeg of(Jpeg image, LookSettings look, String heading, String date) throws NeedsDecoding, BadJpegException {
        CodedPicture picture = CodedPicture.of(image);
        Symmetry symmetry = Symmetry.of(look);
        boolean bitsCanStay = symmetry.changesNothing() && picture.frame().knowsEverySymbol();
        CodedFrame upright =
                bitsCanStay ? picture.frame() : symmetry.turned(picture.frame()).withStandardTables();
        int stripHeight = stripHeight(upright, look);
        ScanWriter out = new ScanWriter(
                upright.withHeight(upright.height() + Layout.stripHeight(look.stamp())),
                image.length() + STRIP_BYTES_EXPECTED);
        if (look.stamp().place() == Place.ABOVE) {
            new Strip(upright, stripHeight, heading, date).write(out);
        }
        if (bitsCanStay) {
            copy(picture, out);
        } else if (symmetry.changesNothing()) {
            codeAnew(picture, out);
        } else {
            new TurnedScan(picture, upright, symmetry).write(out);
        }
        if (look.stamp().place() == Place.BELOW) {
            new Strip(upright, stripHeight, heading, date).write(out);
        }
        return Jpeg.of(out.finish());
    }

    /**
     * The strip's own height. Above the picture it must be whole MCUs. Below it the fill of the picture's last MCUs comes
     * to light, and the strip has as many rows less.
     */
    private static int stripHeight(CodedFrame picture, LookSettings look) throws NeedsDecoding {
        int height = Layout.stripHeight(look.stamp());
        int fill = picture.mcusDown() * picture.mcuHeight() - picture.height();
        return switch (look.stamp().place()) {
            case ABOVE -> {
                if (height % picture.mcuHeight() != 0) {
                    throw new NeedsDecoding("has MCUs that are higher than " + Layout.ROWS_ABOVE);
                }
                yield height;
            }
            case BELOW -> {
                if ((height - fill) * 4 < height * 3) {
                    throw new NeedsDecoding("would show too much of its fill above the strip");
                }
                yield height - fill;
            }
            case OVERLAY, NONE -> 0;
        };
    }

    private static void copy(CodedPicture picture, ScanWriter out) throws NeedsDecoding {
        ScanReader reader = new ScanReader(picture);
        for (int mcus = reader.nextPart(); mcus > 0; mcus = reader.nextPart()) {
            out.writePart(reader, mcus, picture.bits());
        }
    }

    private static void codeAnew(CodedPicture picture, ScanWriter out) throws NeedsDecoding {
        ScanReader reader = new ScanReader(picture);
        short[] mcu = new short[picture.frame().blocksPerMcu() * 64];
        for (int left = picture.frame().mcus(); left > 0; left--) {
            reader.read(mcu, 0);
            out.write(mcu, 0);
        }
    }
}
