package io.edgecam.camera;

import io.edgecam.event.Events;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.RingSettings;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** The cameras that run now, to be found by any number of threads. Changed only by {@link #apply}, which one calls. */
public final class Cameras implements AutoCloseable {
    private record Running(DeviceSettings settings, Camera camera) {}

    private final Map<String, Running> running = new ConcurrentSkipListMap<>();
    /** Where a camera's count goes on after a change of its settings, so that no viewer waits for ever. */
    private final Map<String, Long> sequences = new TreeMap<>();

    private final Function<DeviceSettings, FrameSource.Opener> sources;
    private final Events events;
    private final InstantSource clock;
    private final Pace pace;

    public Cameras(Function<DeviceSettings, FrameSource.Opener> sources, Events events, InstantSource clock) {
        this(sources, events, clock, Pace.USUAL);
    }

    Cameras(Function<DeviceSettings, FrameSource.Opener> sources, Events events, InstantSource clock, Pace pace) {
        this.sources = sources;
        this.events = events;
        this.clock = clock;
        this.pace = pace;
    }

    public Optional<Camera> find(String name) {
        return Optional.ofNullable(running.get(name)).map(Running::camera);
    }

    /** Every camera by name, in the order of names. */
    public Map<String, Camera> all() {
        Map<String, Camera> all = new TreeMap<>();
        running.forEach((name, now) -> all.put(name, now.camera()));
        return Collections.unmodifiableMap(all);
    }

    /**
     * Makes reality match {@code wanted}; a camera whose device settings did not change is left alone. Those that go stop
     * side by side, so that several that are stuck take no longer than one.
     */
    public void apply(Map<String, DeviceSettings> wanted) {
        Map<String, Camera> gone = new TreeMap<>();
        running.forEach((name, now) -> {
            if (!now.settings().equals(wanted.get(name))) {
                running.remove(name);
                now.camera().stop();
                gone.put(name, now.camera());
            }
        });
        gone.forEach((name, camera) -> {
            camera.close();
            sequences.put(name, camera.nextSequence());
        });
        wanted.forEach((name, settings) -> running.computeIfAbsent(name, absent -> start(name, settings)));
    }

    /** How much of the past each camera keeps; those not named keep nothing. */
    public void remember(Map<String, RingSettings> wanted) {
        running.forEach((name, now) -> now.camera().remember(wanted.getOrDefault(name, RingSettings.NONE)));
    }

    @Override
    public void close() {
        apply(Map.of());
    }

    private Running start(String name, DeviceSettings settings) {
        FrameSource.Opener opener = sources.apply(settings);
        long first = sequences.getOrDefault(name, 0L);
        return new Running(settings, new Camera(name, settings, opener, events, clock, pace, first));
    }
}
