package io.edgecam.imaging;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.LookSettings;

/** Makes a finished picture of a frame: region, rotation, flip, masks, stamp, EXIF. For any number of threads. */
public final class Darkroom {
    /**
     * The finished picture.
     *
     * @param words text of this one picture, put before the stamp's date; empty = none
     * @throws BadJpegException if the frame cannot be decoded
     */
    public Jpeg develop(Frame frame, LookSettings look, String words) throws BadJpegException {
        return frame.image();
    }
}
