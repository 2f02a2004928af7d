package io.edgecam.taking;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.picture.Frame;
import io.edgecam.taking.Order.Past;
import io.edgecam.taking.Taken.Failed;
import io.edgecam.taking.Taken.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Gets the frame that an order means: of now, or of a moment before the order. For any number of threads. */
final class Shutter {
    private final Cameras cameras;

    Shutter(Cameras cameras) {
        this.cameras = cameras;
    }

    /** Lets all these cameras open side by side before the first is waited for. */
    void wake(Collection<String> names) throws InterruptedException {
        for (String name : names) {
            Optional<Camera> camera = cameras.find(name);
            if (camera.isPresent()) {
                camera.get().frameAfter(Long.MAX_VALUE, Duration.ZERO);
            }
        }
    }

    /** The frame of the round's moment where that is wanted and kept, else one captured after the round began. */
    Optional<Frame> frame(Order order, int round, String name) throws InterruptedException {
        Optional<Camera> camera = cameras.find(name);
        if (camera.isEmpty()) {
            return Optional.empty();
        }
        long moment = order.moment(round);
        if (moment - order.orderedNanos() < 0) {
            Optional<Frame> kept = camera.get().frameOf(moment);
            if (kept.isPresent() || order.past().map(Past::must).orElse(false)) {
                return kept;
            }
        }
        long notBefore = round == 0 ? order.orderedNanos() : System.nanoTime();
        return camera.get().frameTakenAfter(notBefore, order.left());
    }

    /** Why there was no frame. */
    Failed absence(Order order, int round, String name) {
        Optional<Camera> camera = cameras.find(name);
        long ago = order.orderedNanos() - order.moment(round);
        boolean wantedPast = ago > 0 && order.past().map(Past::must).orElse(false);
        return camera.isPresent() && wantedPast
                ? notInRing(name, ago, camera.get().reach())
                : silence(order, name, camera.map(Camera::status));
    }

    private static Failed notInRing(String name, long ago, Duration reach) {
        return new Failed(
                Reason.NOT_IN_RING,
                "camera " + name + " keeps no frame of the moment " + seconds(ago)
                        + " s before the order: its frames reach " + seconds(reach.toNanos())
                        + " s back now (ringSeconds and ringMaxMB bound that, and a lost camera gives none)",
                List.of());
    }

    private static Failed silence(Order order, String name, Optional<CameraStatus> status) {
        if (status.isPresent() && status.get().state() == CameraStatus.State.LOST) {
            return new Failed(
                    Reason.CAMERA_LOST,
                    "camera " + name + " is lost: " + status.get().error(),
                    List.of());
        }
        return new Failed(
                Reason.CAMERA_SILENT,
                "camera " + name + " gave no frame within " + order.timeout().toSeconds() + " s",
                List.of());
    }

    private static String seconds(long nanos) {
        return String.valueOf(Math.round(nanos / 1e8) / 10.0);
    }
}
