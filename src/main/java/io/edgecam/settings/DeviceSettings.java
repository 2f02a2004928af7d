package io.edgecam.settings;

import java.time.Duration;
import java.util.Locale;

/**
 * How a camera is opened. A change here closes the camera and opens it anew.
 *
 * @param width pixels asked of the camera
 * @param height pixels asked of the camera
 * @param framerate frames per second asked of the camera
 * @param warmUp frames of this time after opening are skipped
 * @param readTimeout so long without a frame and the camera is lost
 * @param idleClose closed after nobody has wanted a frame for so long; zero = always open
 */
public record DeviceSettings(
        Source source,
        String username,
        Secret password,
        int width,
        int height,
        int framerate,
        Duration warmUp,
        Duration readTimeout,
        Duration idleClose) {

    /** The camera's address: what kind it is, and where. */
    public record Source(Kind kind, String address) {
        /** As an operator writes it: {@code /dev/video0}, {@code test:}, {@code rtsp://host/path}. */
        @Override
        public String toString() {
            return switch (kind) {
                case TEST, FOLDER, EXEC -> kind.name().toLowerCase(Locale.ROOT) + ":" + address;
                case V4L2, RTSP, HTTP -> address;
            };
        }
    }

    /** The kinds of camera. */
    public enum Kind {
        V4L2,
        RTSP,
        HTTP,
        TEST,
        FOLDER,
        EXEC
    }
}
