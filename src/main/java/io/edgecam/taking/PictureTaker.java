package io.edgecam.taking;

import io.edgecam.camera.Cameras;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.imaging.Darkroom;
import io.edgecam.ledger.Ledger;
import io.edgecam.ledger.Wish;
import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Identity;
import io.edgecam.picture.Picture;
import io.edgecam.settings.CameraSettings;
import io.edgecam.storage.SpoolFullException;
import io.edgecam.storage.Storage;
import io.edgecam.taking.Order.WaitFor;
import io.edgecam.taking.Taken.Failed;
import io.edgecam.taking.Taken.Reason;
import io.edgecam.taking.Taken.Stored;
import io.edgecam.thread.Crew;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The one thing this module is for: take pictures and keep them. For any number of threads. */
public final class PictureTaker {
    private static final String BROKEN_OFF = "broken off, the module or its page is being stopped; pictures"
            + " that are safe here are uploaded all the same";
    private static final int WAITERS = 16;

    private final Shutter shutter;
    private final Keeper keeper;
    private final Storage storage;
    private final Ledger ledger;
    private final Events events;
    private final InstantSource clock;
    private final Crew waiters = new Crew("shutter", WAITERS, 1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile Map<String, CameraSettings> settings = Map.of();

    public PictureTaker(
            Cameras cameras,
            Darkroom darkroom,
            Storage storage,
            Ledger ledger,
            Events events,
            InstantSource clock,
            Identity identity) {
        this.shutter = new Shutter(cameras);
        this.keeper = new Keeper(darkroom, storage, identity);
        this.storage = storage;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /** Hears of every picture that is safe on this device; on the taker's thread, to take note only. */
    public void listen(Consumer<Picture> listener) {
        keeper.listen(listener);
    }

    /** From now on pictures look and are called like this. */
    public void apply(Map<String, CameraSettings> wanted) {
        settings = Map.copyOf(wanted);
        begun.countDown();
    }

    /** The settings are those that are wanted; until then an order that does not fit them waits for others. */
    public void settle() {
        settled.countDown();
    }

    /** Carries out an order within its time-out; what went wrong is part of the answer. */
    public Taken take(Order order) {
        List<Picture> pictures = new ArrayList<>();
        try {
            if (!begun.await(order.left().toNanos(), TimeUnit.NANOSECONDS)) {
                return new Failed(Reason.NOT_READY, "the module has just started and has no settings yet", List.of());
            }
            if (unclear(order, chosen(order)).isPresent()) {
                settled.await(order.left().toNanos(), TimeUnit.NANOSECONDS);
            }
            Map<String, CameraSettings> chosen = chosen(order);
            Optional<Failed> unclear = unclear(order, chosen);
            if (unclear.isPresent()) {
                return settled.getCount() == 0 ? unclear.get() : notSettled(unclear.get());
            }
            return takeAll(order, chosen, pictures);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Failed(Reason.STOPPING, BROKEN_OFF, pictures);
        }
    }

    private static Failed notSettled(Failed unclear) {
        String words =
                "the desired properties have not come yet, and by what is known without them " + unclear.detail();
        return new Failed(Reason.NOT_READY, words, List.of());
    }

    private Taken takeAll(Order order, Map<String, CameraSettings> chosen, List<Picture> pictures)
            throws InterruptedException {
        List<Failed> failures = new ArrayList<>();
        try (Wishes wishes = Wishes.of(order, chosen.keySet(), ledger, clock)) {
            shutter.wake(chosen.keySet());
            for (int round = 0; round < order.count() && failures.isEmpty(); round++) {
                waitUntil(order.moment(round));
                takeRound(order, round, chosen, wishes.of(round), pictures, failures);
            }
            wishes.giveUp(summary(failures));
            List<Picture> answered = awaited(order, pictures);
            return failures.isEmpty()
                    ? new Stored(answered)
                    : new Failed(failures.get(0).reason(), summary(failures), answered);
        }
    }

    private Map<String, CameraSettings> chosen(Order order) {
        Map<String, CameraSettings> chosen = new TreeMap<>(settings);
        if (order.camera().isPresent() && !order.camera().get().equals(Order.ALL)) {
            chosen.keySet().retainAll(List.of(order.camera().get()));
        }
        return chosen;
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
        return order.past().map(Order.Past::must).orElse(false)
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

    /** Waits for all cameras at once: one that is lost takes no time from the others. Pixels are worked on one by one. */
    private void takeRound(
            Order order,
            int round,
            Map<String, CameraSettings> chosen,
            Map<String, Wish> wishes,
            List<Picture> pictures,
            List<Failed> failures)
            throws InterruptedException {
        long startNanos = System.nanoTime();
        List<Callable<Exposure>> waits = new ArrayList<>();
        for (String name : chosen.keySet()) {
            waits.add(() -> new Exposure(
                    name, shutter.frame(order, round, name), Duration.ofNanos(System.nanoTime() - startNanos)));
        }
        List<Picture> taken = new ArrayList<>();
        List<Failed> missed = new ArrayList<>();
        try {
            waiters.each(waits, exposure -> {
                String name = exposure.camera();
                Wish wish = Objects.requireNonNull(wishes.get(name));
                Taken one = develop(order, round, exposure, Objects.requireNonNull(chosen.get(name)), wish.id());
                if (one instanceof Failed failed) {
                    wish.failed(failed.reason().word(), failed.detail());
                    fail(order, name, failed, missed);
                } else {
                    Picture picture = ((Stored) one).pictures().get(0);
                    wish.taken(picture);
                    taken.add(picture);
                }
            });
        } finally {
            taken.sort(Comparator.comparing(Picture::camera));
            pictures.addAll(taken);
            failures.addAll(missed);
        }
    }

    private Taken develop(Order order, int round, Exposure exposure, CameraSettings camera, String id) {
        String name = exposure.camera();
        if (exposure.frame().isEmpty()) {
            return shutter.absence(order, round, name);
        }
        try {
            return new Stored(
                    List.of(keeper.keep(order, camera, exposure.frame().get(), id, exposure.waited())));
        } catch (SpoolFullException e) {
            return new Failed(Reason.SPOOL_FULL, String.valueOf(e.getMessage()), List.of());
        } catch (BadJpegException e) {
            String words = "camera " + name + " gave a frame that is no whole JPEG: " + e.getMessage();
            return new Failed(Reason.CAMERA_LOST, words, List.of());
        } catch (IOException e) {
            String words = "the picture could not be made safe: " + e.getMessage();
            return new Failed(Reason.SPOOL_BROKEN, words, List.of());
        }
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
            answered.add(storage.awaitUpload(picture.id(), order.left()).orElse(picture));
        }
        return answered;
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

    /** What came of waiting for a camera. */
    private record Exposure(String camera, Optional<Frame> frame, Duration waited) {}
}
