package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import java.time.InstantSource;
import java.util.function.Function;

/** From a camera's settings to what opens it. */
public final class Sources implements Function<DeviceSettings, FrameSource.Opener> {
    public Sources(InstantSource clock) {}

    @Override
    public FrameSource.Opener apply(DeviceSettings settings) {
        return () -> {
            throw new java.io.IOException(settings.source().toString());
        };
    }
}
