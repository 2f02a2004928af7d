package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A camera without a device: a moving scene, with frame number and time as text and as a bar code. {@code test:flaky}
 * drops out now and then. For one thread.
 */
final class TestCamera implements FrameSource {
    private static final String FLAKY = "flaky";
    private static final long FLAKY_ROUND_SECONDS = 30;
    private static final long FLAKY_GOOD_SECONDS = 20;
    private static final int QUALITY = 80;

    private final Weather weather;
    private final AtomicLong frames;
    private final InstantSource clock;
    private final long periodNanos;
    private final Scene scene;
    private final JpegWriter writer = new JpegWriter(QUALITY);
    private long dueNanos = System.nanoTime();

    private TestCamera(DeviceSettings settings, Weather weather, AtomicLong frames, InstantSource clock) {
        this.weather = weather;
        this.frames = frames;
        this.clock = clock;
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / Math.max(1, settings.framerate());
        this.scene = new Scene(settings.width(), settings.height());
    }

    /** The opener; frame numbers go on from one opening to the next. */
    static Opener opener(DeviceSettings settings, InstantSource clock) {
        String kind = settings.source().address();
        if (!kind.isEmpty() && !kind.equals(FLAKY)) {
            return () -> {
                throw new IOException("test:" + kind + " is not known; there are test: and test:flaky");
            };
        }
        AtomicLong frames = new AtomicLong();
        Weather weather = new Weather(kind.equals(FLAKY), clock, clock.instant());
        return () -> {
            weather.check();
            return new TestCamera(settings, weather, frames, clock);
        };
    }

    @Override
    public Shot next() throws IOException, InterruptedException {
        long wait = dueNanos - System.nanoTime();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        } else if (wait < -periodNanos) {
            dueNanos = System.nanoTime();
        }
        dueNanos += periodNanos;
        weather.check();
        long nanos = System.nanoTime();
        Instant now = clock.instant();
        return new Shot(writer.write(scene.at(frames.getAndIncrement(), now)), nanos);
    }

    @Override
    public void close() {
        // nothing to free: the memory goes with this object, and a second thread may come here during a read
    }

    /** When the camera is out: never, or the last seconds of every round. */
    private record Weather(boolean flaky, InstantSource clock, Instant start) {
        void check() throws IOException {
            long second = Math.floorMod(Duration.between(start, clock.instant()).toSeconds(), FLAKY_ROUND_SECONDS);
            if (flaky && second >= FLAKY_GOOD_SECONDS) {
                throw new IOException("the flaky test camera is out for " + (FLAKY_ROUND_SECONDS - second)
                        + " s, as it always is after " + FLAKY_GOOD_SECONDS + " s");
            }
        }
    }
}
