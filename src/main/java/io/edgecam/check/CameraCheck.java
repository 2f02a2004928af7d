package io.edgecam.check;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.picture.Frame;
import io.edgecam.settings.DeviceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Opens every camera of the settings, all at once, and waits for one frame of each; nothing is kept. */
public final class CameraCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration GLANCE = Duration.ofMillis(500);

    private final Cameras cameras;
    private final Map<String, DeviceSettings> wanted;

    /** @param cameras none yet; they are closed with this object's owner */
    public CameraCheck(Cameras cameras, Map<String, DeviceSettings> wanted) {
        this.cameras = cameras;
        this.wanted = new TreeMap<>(wanted);
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        cameras.apply(wanted);
        for (Camera camera : cameras.all().values()) {
            camera.frameAfter(Long.MAX_VALUE, Duration.ZERO);
        }
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, DeviceSettings> one : wanted.entrySet()) {
            Camera camera = cameras.find(one.getKey()).orElseThrow();
            findings.add(judge("camera " + one.getKey(), one.getValue(), frame(camera), camera.status()));
        }
        return findings;
    }

    /** A camera that was lost at its first opening is not waited for. */
    private static Optional<Frame> frame(Camera camera) throws InterruptedException {
        long start = System.nanoTime();
        Optional<Frame> frame = Optional.empty();
        while (frame.isEmpty()
                && camera.status().state() != CameraStatus.State.LOST
                && System.nanoTime() - start < PATIENCE.toNanos()) {
            frame = camera.frameTakenAfter(start, GLANCE);
        }
        return frame;
    }

    private static Finding judge(String subject, DeviceSettings device, Optional<Frame> frame, CameraStatus status) {
        if (frame.isPresent()) {
            return Finding.ok(
                    subject,
                    device.source() + " gives pictures of "
                            + frame.get().image().width() + "x"
                            + frame.get().image().height());
        }
        return Finding.wrong(
                subject,
                status.error().isEmpty()
                        ? device.source() + " gave no frame in " + PATIENCE.toSeconds() + " s"
                        : status.error());
    }
}
