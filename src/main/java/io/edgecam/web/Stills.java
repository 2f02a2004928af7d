package io.edgecam.web;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.LookSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Single pictures to look at, fresh from the camera; nothing is kept. For any number of threads. */
final class Stills {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Enough for a camera that turns out to be lost. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(2);

    private final Windows windows;

    Stills(Windows windows) {
        this.windows = windows;
    }

    /** @param askedNanos when the request came: an older frame is no answer to it */
    Reply still(View view, long askedNanos) throws RefusedException, InterruptedException {
        String name = view.camera();
        Optional<Camera> camera = windows.cameras().find(name);
        LookSettings look = windows.looks().get().get(name);
        if (camera.isEmpty() || look == null) {
            throw new RefusedException(
                    503, "CameraLost", name + " is being opened with other settings; try again in a second");
        }
        Frame frame = frame(name, camera.get(), askedNanos);
        try {
            return reply(frame, windows.darkroom().develop(frame, view.still(look), ""));
        } catch (BadJpegException e) {
            throw new RefusedException(
                    503, "CameraLost", name + " gave a picture that cannot be read: " + e.getMessage());
        }
    }

    private static Frame frame(String name, Camera camera, long askedNanos)
            throws RefusedException, InterruptedException {
        Optional<Frame> frame = camera.frameTakenAfter(askedNanos, FIRST_PATIENCE);
        Duration patience = FIRST_PATIENCE;
        if (frame.isEmpty() && camera.status().state() != CameraStatus.State.LOST) {
            frame = camera.frameTakenAfter(askedNanos, PATIENCE.minus(FIRST_PATIENCE));
            patience = PATIENCE;
        }
        if (frame.isEmpty()) {
            String why = camera.status().error();
            throw new RefusedException(
                    503,
                    "CameraLost",
                    name + " gave no picture in " + patience.toSeconds() + " s" + (why.isEmpty() ? "" : ": " + why));
        }
        return frame.get();
    }

    private static Reply reply(Frame frame, Jpeg picture) {
        long age = Duration.ofNanos(System.nanoTime() - frame.capturedNanos()).toMillis();
        return new Reply(
                200,
                "image/jpeg",
                picture.buffer(),
                Map.of(
                        "X-Timestamp", Moment.text(frame.capturedAt()),
                        "X-Camera", frame.camera(),
                        "X-Frame-Age-Ms", Long.toString(Math.max(0, age))));
    }
}
