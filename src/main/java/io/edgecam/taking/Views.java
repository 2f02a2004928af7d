package io.edgecam.taking;

import io.edgecam.imaging.Quality;
import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Frame;
import io.edgecam.picture.ShotQuality;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Judges shots, and remembers what each camera showed last, to see whether it is frozen. For any number of threads. */
final class Views {
    private final Map<String, View> last = new ConcurrentHashMap<>();

    /** @throws BadJpegException if the frame cannot be decoded */
    ShotQuality judge(Frame frame) throws BadJpegException {
        Quality quality = Quality.of(frame.image());
        View before = last.put(frame.camera(), new View(frame.sequence(), quality));
        boolean covered = quality.covered();
        boolean frozen = before != null
                && before.sequence() != frame.sequence()
                && before.quality().sameViewAs(quality)
                && !covered;
        return new ShotQuality(
                (int) Math.round(quality.brightness()), (int) Math.round(quality.sharpness()), frozen, covered);
    }

    private record View(long sequence, Quality quality) {}
}
