package io.edgecam.camera.source;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.event.Events;
import io.edgecam.picture.Frame;
import io.edgecam.settings.DeviceSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A program for a process of its own: tells each frame of a V4L2 camera, or how the camera is, on a line. */
final class V4l2Player {
    private V4l2Player() {}

    /** @param args device, width, height */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
        DeviceSettings settings = SourceSettings.of(
                DeviceSettings.Kind.V4L2, args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]), 30);
        Events events = new Events();
        events.listen(event -> System.out.println("event " + event.type().word()));
        try (Cameras cameras = new Cameras(new Sources(InstantSource.system()), events, InstantSource.system())) {
            cameras.apply(Map.of("front", settings));
            Camera camera = cameras.find("front").orElseThrow();
            long sequence = -1;
            while (!System.out.checkError()) {
                Optional<Frame> frame = camera.frameAfter(sequence, Duration.ofMillis(500));
                if (frame.isPresent()) {
                    sequence = frame.get().sequence();
                    long age = System.nanoTime() - frame.get().capturedNanos();
                    System.out.println("frame " + frame.get().image().sha256() + " " + age);
                } else {
                    CameraStatus status = camera.status();
                    System.out.println("state " + status.state().word() + " " + status.error());
                }
            }
        }
    }
}
