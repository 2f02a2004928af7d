package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource.Shot;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/**
 * What a network camera answered to one request: a stream of pictures, or a single one. That is told by the first bytes,
 * and by the header only where these leave it open, for headers lie. For one thread; {@link #damaged} for any.
 */
final class HttpAnswer {
    private static final String JPEG = "\u00FF\u00D8\u00FF";

    private final String type;
    private final boolean hasLength;
    private final JpegStream pictures;
    private boolean looked;
    private boolean stream;
    private boolean taken;

    HttpAnswer(HttpReply reply) {
        type = reply.header("content-type").toLowerCase(Locale.ROOT);
        hasLength = !reply.header("content-length").isEmpty();
        pictures = new JpegStream(reply.body());
    }

    /**
     * The next picture in it.
     *
     * @throws EOFException if there is no whole one any more
     */
    Shot next() throws IOException, InterruptedException {
        if (!looked) {
            look();
        }
        taken = true;
        return pictures.next();
    }

    boolean isStream() {
        return stream;
    }

    /** Whether another answer must be asked for to get another picture. */
    boolean isSpent() throws IOException, InterruptedException {
        boolean single = hasLength || type.startsWith("image/jp");
        return taken && !stream && (single || pictures.hasEnded());
    }

    long damaged() {
        return pictures.damaged();
    }

    private void look() throws IOException, InterruptedException {
        looked = true;
        stream = type.startsWith("multipart/") || pictures.beginsWith("--") || pictures.beginsWith("\r\n--");
        if (stream || pictures.beginsWith(JPEG)) {
            return;
        }
        if (pictures.hasEnded()) {
            throw new IOException("answers with nothing at all");
        }
        throw new IOException("answers with " + (type.isEmpty() ? "no content type" : type)
                + " and no picture in it, wanted is an MJPEG stream (multipart/x-mixed-replace) or a snapshot"
                + " (image/jpeg): is this the address of a page around the camera?");
    }
}
