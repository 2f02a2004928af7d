package io.edgecam.picture;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A picture that is kept: everything that is said of it, without its pixels.
 *
 * @param id unique for ever; the same in the answer, the blob's metadata and every event about it
 * @param container the container or folder it goes to; empty while no store is set
 * @param blobName its name there
 * @param url where it can be had, without any signature; empty while no store is set
 * @param bytes length of the JPEG
 * @param sha256 of the JPEG, hexadecimal
 * @param frameAge how old the frame was when the order came; zero or less for a frame taken after it
 * @param quality how good the shot is; empty in what an older version has spooled
 */
public record Picture(
        String id,
        String camera,
        Instant capturedAt,
        PictureState state,
        String container,
        String blobName,
        String url,
        int bytes,
        int width,
        int height,
        String sha256,
        Trigger trigger,
        Optional<String> label,
        Duration frameAge,
        Optional<ShotQuality> quality,
        Timings timings) {
    public static final String CONTENT_TYPE = "image/jpeg";

    /** The same picture, arrived in its store after so long. */
    public Picture uploaded(Duration upload, Duration total) {
        return new Picture(
                id,
                camera,
                capturedAt,
                PictureState.UPLOADED,
                container,
                blobName,
                url,
                bytes,
                width,
                height,
                sha256,
                trigger,
                label,
                frameAge,
                quality,
                new Timings(timings.frame(), timings.develop(), timings.spool(), upload, total));
    }

    /** The same picture, after stages that took so long. */
    public Picture timed(Timings newTimings) {
        return new Picture(
                id,
                camera,
                capturedAt,
                state,
                container,
                blobName,
                url,
                bytes,
                width,
                height,
                sha256,
                trigger,
                label,
                frameAge,
                quality,
                newTimings);
    }

    /** The same picture, with the place that a store has given it. */
    public Picture in(String newContainer, String newUrl) {
        return new Picture(
                id,
                camera,
                capturedAt,
                state,
                newContainer,
                blobName,
                newUrl,
                bytes,
                width,
                height,
                sha256,
                trigger,
                label,
                frameAge,
                quality,
                timings);
    }
}
