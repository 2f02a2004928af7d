package io.edgecam.camera;

import io.edgecam.event.Events;
import io.edgecam.settings.DeviceSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The cameras that run now. Changed only by {@link #apply}, which one thread calls. */
public final class Cameras implements AutoCloseable {
    public Cameras(Function<DeviceSettings, FrameSource.Opener> sources, Events events, InstantSource clock) {}

    public Optional<Camera> find(String name) {
        return Optional.empty();
    }

    /** Every camera by name, in the order of names. */
    public Map<String, Camera> all() {
        return Map.of();
    }

    /** Makes reality match {@code wanted}; a camera whose device settings did not change is left alone. */
    public void apply(Map<String, DeviceSettings> wanted) {}

    @Override
    public void close() {}
}
