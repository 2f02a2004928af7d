package io.edgecam.camera;

import io.edgecam.picture.Frame;
import java.time.Duration;
import java.util.Optional;

/** Keeps one camera running while someone wants its frames, and the newest frame at hand. */
public final class Camera implements AutoCloseable {
    /** The first frame captured at or after this point of {@link System#nanoTime}; empty if none came in time. */
    public Optional<Frame> frameTakenAfter(long nanos, Duration patience) throws InterruptedException {
        return Optional.empty();
    }

    /** The first frame later than {@code sequence}, which a viewer passes to skip what it has shown; -1 = any. */
    public Optional<Frame> frameAfter(long sequence, Duration patience) throws InterruptedException {
        return Optional.empty();
    }

    public CameraStatus status() {
        return new CameraStatus(CameraStatus.State.IDLE, java.time.Instant.EPOCH, 0, 0, "", 0, 0);
    }

    @Override
    public void close() {}
}
