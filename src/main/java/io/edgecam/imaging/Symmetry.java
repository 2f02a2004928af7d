package io.edgecam.imaging;

import io.edgecam.settings.LookSettings;
import io.edgecam.settings.LookSettings.Flip;

/**
 * One of the eight ways to lay a picture on the table: columns become rows or not, then mirrored left to right or not,
 * then top to bottom or not.
 */
record Symmetry(boolean transposed, boolean mirrored, boolean upended) {
    static Symmetry of(LookSettings look) {
        boolean leftToRight = look.flip() == Flip.HORIZONTAL || look.flip() == Flip.BOTH;
        boolean topToBottom = look.flip() == Flip.VERTICAL || look.flip() == Flip.BOTH;
        return switch (look.rotate()) {
            case 90 -> new Symmetry(true, !leftToRight, topToBottom);
            case 180 -> new Symmetry(false, !leftToRight, !topToBottom);
            case 270 -> new Symmetry(true, leftToRight, !topToBottom);
            default -> new Symmetry(false, leftToRight, topToBottom);
        };
    }

    boolean changesNothing() {
        return !transposed && !mirrored && !upended;
    }

    /**
     * The frame of the turned picture.
     *
     * @throws NeedsDecoding if a side that is mirrored ends within an MCU: the fill behind it would come to the front
     */
    CodedFrame turned(CodedFrame frame) throws NeedsDecoding {
        CodedFrame turned = transposed ? frame.transposed() : frame;
        if ((mirrored && turned.width() % turned.mcuWidth() != 0)
                || (upended && turned.height() % turned.mcuHeight() != 0)) {
            throw new NeedsDecoding("is no whole number of MCUs across or down");
        }
        return turned;
    }

    /** For each place of a turned block the place that its coefficient comes from. */
    int[] places() {
        int[] places = new int[64];
        for (int i = 0; i < 64; i++) {
            places[i] = transposed ? Zigzag.transposed(i) : i;
        }
        return places;
    }

    /** For each place of a turned block 1, or -1 where mirroring turns the wave of this frequency over. */
    int[] signs() {
        int[] signs = new int[64];
        for (int i = 0; i < 64; i++) {
            boolean across = mirrored && Zigzag.column(i) % 2 == 1;
            boolean down = upended && Zigzag.row(i) % 2 == 1;
            signs[i] = across == down ? 1 : -1;
        }
        return signs;
    }
}
