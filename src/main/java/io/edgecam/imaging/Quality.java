package io.edgecam.imaging;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Jpeg;

/**
 * How good a shot is, as numbers to compare with the same camera's other shots.
 *
 * @param brightness mean luma, 0 (black) to 255 (white)
 * @param sharpness variance of the luma's Laplacian within blocks of 8x8 pixels, from 0: a sharp view has hundreds, one that
 *     is blurred, covered or foggy less than a tenth of what the same camera has else
 * @param structure the part of neighbouring fields that clearly differ in brightness, 0 to 1, of a picture that is laid out
 *     in at most 64 by 64 fields
 * @param view a number made of everything the luma shows; see {@link #sameViewAs}
 */
public record Quality(double brightness, double sharpness, double structure, long view) {
    /**
     * Less is a covered lens. The camera's own clock in a corner is less than this (40 characters: about 1 %); a view by
     * day has 10 % and more, also out of focus.
     */
    private static final double LEAST_STRUCTURE = 0.02;

    /**
     * Measures the coefficients of the image, and decodes only what cannot be read so.
     *
     * @throws BadJpegException if it cannot be decoded either
     */
    public static Quality of(Jpeg image) throws BadJpegException {
        Codec.refuseEmptyClaims(image);
        try {
            return LumaBlocks.coded(CodedPicture.of(image));
        } catch (NeedsDecoding reason) {
            return LumaBlocks.decoded(image);
        }
    }

    /** Nearly nothing to be seen: a hand or a cap over the lens, darkness, thick fog; noise and soft light are nothing. */
    public boolean covered() {
        return structure < LEAST_STRUCTURE;
    }

    /**
     * Whether two shots of one camera show the very same, as those of a camera that hangs do, whatever their headers say.
     * A camera that works never takes the same twice, for its sensor is noisy; only if it is covered, look at
     * {@link #covered} first. The same view encoded at another quality is another one.
     */
    public boolean sameViewAs(Quality other) {
        return view == other.view;
    }
}
