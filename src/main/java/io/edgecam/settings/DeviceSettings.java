package io.edgecam.settings;

import io.edgecam.json.Fields;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

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
    static DeviceSettings read(Fields in, SourceText sources) {
        Source source = in.text("source", "/dev/video0", SourceText.KIND, "the camera", sources::read);
        in.show("source", source.toString());
        String username = in.text("username", "", 128, "of a network camera");
        String password =
                in.secret("password", "text of up to 128 characters", "of a network camera", Secrets::password);
        if (!password.isEmpty() && username.isEmpty()) {
            in.refuse("password", "is set without a username; set both, or none");
        }
        return new DeviceSettings(
                source,
                username,
                new Secret(password),
                in.whole("width", 1280, 16, 7680, "pixels asked of the camera; it may choose others"),
                in.whole("height", 720, 16, 4320, "pixels asked of the camera; it may choose others"),
                in.whole("framerate", 15, 1, 120, "frames per second asked of the camera"),
                in.seconds("warmUpSeconds", 1, 0, 60, "frames of this time after opening are skipped"),
                in.seconds("readTimeoutSeconds", 5, 1, 60, "so long without a frame and the camera is lost"),
                in.seconds("idleCloseSeconds", 10, 0, 3600, "closed when nobody wants a frame for so long; 0 = never"));
    }

    /** The camera's address: what kind it is, and where. */
    public record Source(Kind kind, String address) {
        /** The query, where some cameras want their password; and a password that others want in the path. */
        private static final Pattern QUERY = Pattern.compile("\\?.*");

        private static final Pattern PASSWORD = Pattern.compile("(?i)((?:pass|pwd)[^=&;/]*=)[^&;/?]*");

        /** As an operator writes it, but without passwords: {@code /dev/video0}, {@code test:}, {@code rtsp://host/path}. */
        @Override
        public String toString() {
            return switch (kind) {
                case TEST, FOLDER, EXEC -> kind.name().toLowerCase(Locale.ROOT) + ":" + address;
                case V4L2 -> address;
                case RTSP, HTTP ->
                    PASSWORD.matcher(QUERY.matcher(address).replaceFirst("?***"))
                            .replaceAll("$1***");
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
