package io.edgecam.taking;

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
import io.edgecam.picture.UnsetClock;
import io.edgecam.settings.CameraSettings;
import io.edgecam.storage.PictureStore;
import io.edgecam.storage.SpoolFullException;
import io.edgecam.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Makes a picture of a frame, as the camera's settings want it, and puts it into safety. For any number of threads. */
final class Keeper {
    private final Darkroom darkroom;
    private final Storage storage;
    private final Identity identity;
    private final Names names = new Names();
    private final Views views = new Views();
    private final AtomicLong sequence = new AtomicLong();
    private final List<Consumer<Picture>> listeners = new CopyOnWriteArrayList<>();

    Keeper(Darkroom darkroom, Storage storage, Identity identity) {
        this.darkroom = darkroom;
        this.storage = storage;
        this.identity = identity;
    }

    /** Hears of every picture that is safe; on the taker's thread, to take note only. */
    void listen(Consumer<Picture> listener) {
        listeners.add(listener);
    }

    /**
     * Develops a frame, names it and writes it to the spool; it is safe when this returns.
     *
     * @param id what the picture is to be known by
     * @param waited how long the frame was waited for
     * @throws BadJpegException if the frame is no whole JPEG
     * @throws SpoolFullException if there is no room and new pictures are to be refused
     * @throws IOException if it cannot be written, in the operator's words
     */
    Picture keep(Order order, CameraSettings camera, Frame frame, String id, Duration waited) throws IOException {
        long framedNanos = System.nanoTime();
        Jpeg image = darkroom.develop(frame, camera.look(), order.text());
        ShotQuality quality = views.judge(frame);
        long developedNanos = System.nanoTime();
        Timings timings = new Timings(
                waited,
                Duration.ofNanos(developedNanos - framedNanos),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofNanos(developedNanos - order.orderedNanos()));
        String blobName = names.unique(name(id, order, camera, frame));
        Picture picture = picture(id, order, frame, quality, image, blobName, timings);
        Picture kept = storage.keep(picture, image, camera.naming().latest(), order.orderedNanos());
        listeners.forEach(listener -> listener.accept(kept));
        return kept;
    }

    /** A clock that was not set says the same after each start: then the id keeps names apart. */
    private String name(String id, Order order, CameraSettings camera, Frame frame) {
        String name = camera.naming()
                .name()
                .expand(new NameTemplate.Subject(
                        frame.capturedAt(),
                        frame.camera(),
                        identity.device(),
                        identity.module(),
                        order.trigger(),
                        sequence.incrementAndGet(),
                        order.label()));
        return UnsetClock.said(frame.capturedAt()) ? Names.marked(name, id.substring(0, 8)) : name;
    }

    private Picture picture(
            String id, Order order, Frame frame, ShotQuality quality, Jpeg image, String blobName, Timings timings) {
        Optional<PictureStore.Location> location = storage.locate(blobName);
        return new Picture(
                id,
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
}
