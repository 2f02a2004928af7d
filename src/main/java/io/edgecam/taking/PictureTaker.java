package io.edgecam.taking;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.imaging.Darkroom;
import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Identity;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.NameTemplate;
import io.edgecam.picture.Picture;
import io.edgecam.picture.PictureState;
import io.edgecam.picture.ShotQuality;
import io.edgecam.picture.Timings;
import io.edgecam.settings.CameraSettings;
import io.edgecam.storage.PictureStore;
import io.edgecam.storage.SpoolFullException;
import io.edgecam.storage.Storage;
import io.edgecam.taking.Order.WaitFor;
import io.edgecam.taking.Taken.Failed;
import io.edgecam.taking.Taken.Reason;
import io.edgecam.taking.Taken.Stored;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The one thing this module is for: take pictures and keep them. For any number of threads. */
public final class PictureTaker {
    private final Cameras cameras;
    private final Darkroom darkroom;
    private final Storage storage;
    private final Events events;
    private final InstantSource clock;
    private final Identity identity;
    private final Names names = new Names();
    private final Views views = new Views();
    private final AtomicLong sequence = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final List<Consumer<Picture>> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, CameraSettings> settings = Map.of();

    public PictureTaker(
            Cameras cameras,
            Darkroom darkroom,
            Storage storage,
            Events events,
            InstantSource clock,
            Identity identity) {
        this.cameras = cameras;
        this.darkroom = darkroom;
        this.storage = storage;
        this.events = events;
        this.clock = clock;
        this.identity = identity;
    }

    /** Hears of every picture that is safe on this device; on the taker's thread, to take note only. */
    public void listen(Consumer<Picture> listener) {
        listeners.add(listener);
    }

    /** From now on pictures look and are called like this. */
    public void apply(Map<String, CameraSettings> wanted) {
        settings = Map.copyOf(wanted);
        begun.countDown();
    }

    /** Carries out an order within its time-out; what went wrong is part of the answer. */
    public Taken take(Order order) throws InterruptedException {
        if (!begun.await(left(order).toNanos(), TimeUnit.NANOSECONDS)) {
            return new Failed(Reason.NOT_READY, "the module has just started and has no settings yet", List.of());
        }
        Map<String, CameraSettings> chosen = new TreeMap<>(settings);
        if (order.camera().isPresent() && !order.camera().get().equals(Order.ALL)) {
            chosen.keySet().retainAll(List.of(order.camera().get()));
        }
        Optional<Failed> unclear = unclear(order, chosen);
        if (unclear.isPresent()) {
            return unclear.get();
        }
        List<Picture> pictures = new ArrayList<>();
        List<Failed> failures = new ArrayList<>();
        wake(chosen);
        for (int round = 0; round < order.count() && failures.isEmpty(); round++) {
            waitUntil(moment(order, round));
            for (Map.Entry<String, CameraSettings> one : chosen.entrySet()) {
                takeOne(order, round, one.getKey(), one.getValue(), pictures, failures);
            }
        }
        List<Picture> answered = awaited(order, pictures);
        return failures.isEmpty()
                ? new Stored(answered)
                : new Failed(failures.get(0).reason(), summary(failures), answered);
    }

    private Optional<Failed> unclear(Order order, Map<String, CameraSettings> chosen) {
        List<String> known = settings.keySet().stream().sorted().toList();
        if (known.isEmpty()) {
            return failed(
                    Reason.UNKNOWN_CAMERA,
                    "no camera is set; add one to the desired properties: {\"cameras\": {\"front\": {\"source\": \"/dev/video0\"}}}");
        }
        if (chosen.isEmpty()) {
            return failed(
                    Reason.UNKNOWN_CAMERA,
                    "there is no camera '" + order.camera().orElse("") + "'; known here: " + known);
        }
        if (order.camera().isEmpty() && chosen.size() > 1) {
            return failed(
                    Reason.UNCLEAR_ORDER, "there are several cameras: name one of " + known + ", or \"*\" for all");
        }
        return mustBePast(order)
                ? chosen.entrySet().stream()
                        .filter(one -> one.getValue().ring().length().isZero())
                        .findFirst()
                        .flatMap(one -> failed(
                                Reason.NOT_IN_RING,
                                "camera " + one.getKey() + " keeps no past frames, so 'at' cannot be had: set cameras."
                                        + one.getKey() + ".ringSeconds, or leave 'at' out for a picture of now"))
                : Optional.empty();
    }

    private static Optional<Failed> failed(Reason reason, String detail) {
        return Optional.of(new Failed(reason, detail, List.of()));
    }

    /** Lets all cameras open side by side before the first is waited for. */
    private void wake(Map<String, CameraSettings> chosen) throws InterruptedException {
        for (String name : chosen.keySet()) {
            Optional<Camera> camera = cameras.find(name);
            if (camera.isPresent()) {
                camera.get().frameAfter(Long.MAX_VALUE, Duration.ZERO);
            }
        }
    }

    private void takeOne(
            Order order, int round, String name, CameraSettings camera, List<Picture> pictures, List<Failed> failures)
            throws InterruptedException {
        long startNanos = System.nanoTime();
        Optional<Frame> frame = frame(order, round, name);
        if (frame.isEmpty()) {
            fail(order, name, absence(order, round, name), failures);
            return;
        }
        try {
            pictures.add(keep(order, camera, frame.get(), startNanos));
        } catch (SpoolFullException e) {
            fail(order, name, new Failed(Reason.SPOOL_FULL, String.valueOf(e.getMessage()), List.of()), failures);
        } catch (BadJpegException e) {
            String words = "camera " + name + " gave a frame that is no whole JPEG: " + e.getMessage();
            fail(order, name, new Failed(Reason.CAMERA_LOST, words, List.of()), failures);
        } catch (IOException e) {
            String words = "the picture could not be made safe: " + e.getMessage();
            fail(order, name, new Failed(Reason.SPOOL_BROKEN, words, List.of()), failures);
        }
    }

    /** The frame of the round's moment where that is wanted and kept, else one captured after the round began. */
    private Optional<Frame> frame(Order order, int round, String name) throws InterruptedException {
        Optional<Camera> camera = cameras.find(name);
        if (camera.isEmpty()) {
            return Optional.empty();
        }
        long moment = moment(order, round);
        if (moment - order.orderedNanos() < 0) {
            Optional<Frame> kept = camera.get().frameOf(moment);
            if (kept.isPresent() || mustBePast(order)) {
                return kept;
            }
        }
        long notBefore = round == 0 ? order.orderedNanos() : System.nanoTime();
        return camera.get().frameTakenAfter(notBefore, left(order));
    }

    /** When the frame of a round is to be captured, on the scale of {@link System#nanoTime}. */
    private static long moment(Order order, int round) {
        long sinceOrder = round * order.interval().toNanos();
        return order.past()
                .filter(past -> past.must() || round == 0)
                .map(past -> order.orderedNanos() + sinceOrder - past.age().toNanos())
                .orElse(order.orderedNanos() + sinceOrder);
    }

    private static boolean mustBePast(Order order) {
        return order.past().map(Order.Past::must).orElse(false);
    }

    private Failed absence(Order order, int round, String name) {
        Optional<Camera> camera = cameras.find(name);
        long ago = order.orderedNanos() - moment(order, round);
        if (camera.isEmpty() || ago <= 0 || !mustBePast(order)) {
            return silence(order, name);
        }
        return new Failed(
                Reason.NOT_IN_RING,
                "camera " + name + " keeps no frame of the moment " + seconds(ago)
                        + " s before the order: its frames reach "
                        + seconds(camera.get().reach().toNanos())
                        + " s back now (ringSeconds and ringMaxMB bound that, and a lost camera gives none)",
                List.of());
    }

    private static String seconds(long nanos) {
        return String.valueOf(Math.round(nanos / 1e8) / 10.0);
    }

    private Failed silence(Order order, String name) {
        Optional<CameraStatus> status = cameras.find(name).map(Camera::status);
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

    private Picture keep(Order order, CameraSettings camera, Frame frame, long startNanos) throws IOException {
        long framedNanos = System.nanoTime();
        Jpeg image = darkroom.develop(frame, camera.look(), order.text());
        ShotQuality quality = views.judge(frame);
        long developedNanos = System.nanoTime();
        Timings timings = new Timings(
                Duration.ofNanos(framedNanos - startNanos),
                Duration.ofNanos(developedNanos - framedNanos),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofNanos(developedNanos - order.orderedNanos()));
        Picture picture = picture(order, frame, quality, image, names.unique(name(order, camera, frame)), timings);
        Picture kept = storage.keep(picture, image, camera.naming().latest(), order.orderedNanos());
        listeners.forEach(listener -> listener.accept(kept));
        return kept;
    }

    private String name(Order order, CameraSettings camera, Frame frame) {
        return camera.naming()
                .name()
                .expand(new NameTemplate.Subject(
                        frame.capturedAt(),
                        frame.camera(),
                        identity.device(),
                        identity.module(),
                        order.trigger(),
                        sequence.incrementAndGet(),
                        order.label()));
    }

    private Picture picture(
            Order order, Frame frame, ShotQuality quality, Jpeg image, String blobName, Timings timings) {
        Optional<PictureStore.Location> location = storage.locate(blobName);
        return new Picture(
                UUID.randomUUID().toString(),
                frame.camera(),
                frame.capturedAt(),
                PictureState.SPOOLED,
                location.map(PictureStore.Location::container).orElse(""),
                blobName,
                location.map(PictureStore.Location::url).orElse(""),
                image.length(),
                image.width(),
                image.height(),
                image.sha256(),
                order.trigger(),
                order.label(),
                Duration.ofNanos(order.orderedNanos() - frame.capturedNanos()),
                Optional.of(quality),
                timings);
    }

    private void fail(Order order, String camera, Failed failure, List<Failed> failures) {
        failures.add(failure);
        events.tell(Event.ofOrder(
                EventType.PICTURE_FAILED,
                clock.instant(),
                camera,
                order.trigger(),
                Map.of("reason", failure.detail())));
    }

    /** The pictures with what became of them by the time that the answer is due. */
    private List<Picture> awaited(Order order, List<Picture> pictures) throws InterruptedException {
        if (order.waitFor() == WaitFor.SPOOLED) {
            return pictures;
        }
        List<Picture> answered = new ArrayList<>();
        for (Picture picture : pictures) {
            answered.add(storage.awaitUpload(picture.id(), left(order)).orElse(picture));
        }
        return answered;
    }

    private static Duration left(Order order) {
        long nanos = order.timeout().toNanos() - (System.nanoTime() - order.orderedNanos());
        return Duration.ofNanos(Math.max(0, nanos));
    }

    private static void waitUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private static String summary(List<Failed> failures) {
        return String.join(
                "; ", failures.stream().map(Failed::detail).distinct().toList());
    }
}
