package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeclaredCommands;
import io.edgecam.settings.DeviceSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** From a camera's settings to what opens it. For any number of threads. */
public final class Sources implements Function<DeviceSettings, FrameSource.Opener> {
    private final InstantSource clock;
    private final DeclaredCommands commands;
    private final Programs programs;
    private final String ffmpeg;

    public Sources(InstantSource clock) {
        this(clock, Map.of());
    }

    /**
     * @param environment where the owner of the device declares commands (EDGECAM_EXEC_…), may name ffmpeg
     *     (EDGECAM_FFMPEG), and says where programs are (PATH)
     */
    public Sources(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.commands = new DeclaredCommands(environment);
        this.programs = new Programs(environment.getOrDefault("PATH", ""));
        this.ffmpeg = environment.getOrDefault("EDGECAM_FFMPEG", "ffmpeg");
    }

    /** The video devices of this host that give pictures, each with what keeps this process from opening it. */
    public static Map<String, Optional<String>> videoDevices() {
        return VideoDevice.all();
    }

    @Override
    public FrameSource.Opener apply(DeviceSettings settings) {
        return switch (settings.source().kind()) {
            case TEST -> TestCamera.opener(settings, clock);
            case V4L2 -> new V4l2Opener(settings);
            case HTTP -> HttpCamera.opener(settings);
            case RTSP -> RtspCamera.opener(settings, ffmpeg, programs);
            case FOLDER -> FolderCamera.opener(settings);
            case EXEC -> ExecCamera.opener(settings, commands, programs);
        };
    }
}
