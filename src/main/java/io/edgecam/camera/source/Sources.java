package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Function;

/** From a camera's settings to what opens it. For any number of threads. */
public final class Sources implements Function<DeviceSettings, FrameSource.Opener> {
    private final InstantSource clock;

    public Sources(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public FrameSource.Opener apply(DeviceSettings settings) {
        return switch (settings.source().kind()) {
            case TEST -> TestCamera.opener(settings, clock);
            case V4L2 -> new V4l2Opener(settings);
            case HTTP -> HttpCamera.opener(settings);
            case RTSP -> notYet("rtsp://", "the camera's http:// MJPEG or snapshot address, which most of them have");
            case FOLDER -> notYet("folder:", "test: for pictures without a camera");
            case EXEC -> notYet("exec:", "a /dev/video… path or an http:// address");
        };
    }

    /** The address is not repeated: that of a network camera may hold a password. */
    private static FrameSource.Opener notYet(String kind, String instead) {
        return () -> {
            throw new IOException(kind + " cameras come with a later version; use " + instead);
        };
    }
}
