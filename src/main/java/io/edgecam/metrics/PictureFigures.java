package io.edgecam.metrics;

import io.edgecam.event.Event;
import io.edgecam.picture.Picture;
import io.edgecam.picture.Timings;
import io.edgecam.picture.Trigger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts pictures by what became of them, and how long their stages took. For any number of threads. */
public final class PictureFigures {
    /** What became of it, by camera and trigger; a picture without either is one of which only a damaged file is left. */
    record Outcome(String camera, String trigger, String outcome) implements Comparable<Outcome> {
        @Override
        public int compareTo(Outcome other) {
            return toString().compareTo(other.toString());
        }
    }

    record Stage(String camera, String stage) implements Comparable<Stage> {
        @Override
        public int compareTo(Stage other) {
            return toString().compareTo(other.toString());
        }
    }

    private static final String UNKNOWN = "unknown";

    private final Map<Outcome, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final Map<Stage, Histogram> stages = new ConcurrentSkipListMap<>();
    private final LongAdder uploadedBytes = new LongAdder();

    /** A picture is safe on this device. */
    public void kept(Picture picture) {
        count("kept", Optional.of(picture.camera()), Optional.of(picture.trigger()));
        Timings timings = picture.timings();
        took(picture, "frame", timings.frame());
        took(picture, "develop", timings.develop());
        took(picture, "spool", timings.spool());
    }

    /** Something happened; what is no end of a picture is not counted here. */
    public void heard(Event event) {
        switch (event.type()) {
            case PICTURE_STORED -> {
                count("uploaded", event.camera(), event.trigger());
                event.picture().ifPresent(this::uploaded);
            }
            case PICTURE_DROPPED -> count("dropped", event.camera(), event.trigger());
            case PICTURE_FAILED -> count("failed", event.camera(), event.trigger());
            default -> {}
        }
    }

    void write(Exposition out) {
        Exposition.Family pictures = out.counter(
                "edgecam_pictures_total",
                "Pictures by what became of them: kept (safe on the device), uploaded, dropped (no room), failed");
        outcomes.forEach((key, count) -> pictures.add(
                count.sum(), Map.of("camera", key.camera(), "trigger", key.trigger(), "outcome", key.outcome())));
        Exposition.Family seconds = out.family(
                "edgecam_picture_stage_seconds",
                "histogram",
                "How long the stages of pictures took: frame (waiting for it), develop, spool, upload");
        stages.forEach((key, histogram) ->
                seconds.add(histogram.reading(), Map.of("camera", key.camera(), "stage", key.stage())));
        out.counter("edgecam_uploaded_bytes_total", "Bytes of pictures that the store has taken")
                .add(uploadedBytes.sum());
    }

    private void uploaded(Picture picture) {
        uploadedBytes.add(picture.bytes());
        took(picture, "upload", picture.timings().upload());
    }

    private void count(String outcome, Optional<String> camera, Optional<Trigger> trigger) {
        Outcome key =
                new Outcome(camera.orElse(UNKNOWN), trigger.map(Trigger::word).orElse(UNKNOWN), outcome);
        outcomes.computeIfAbsent(key, absent -> new LongAdder()).increment();
    }

    private void took(Picture picture, String stage, Duration duration) {
        stages.computeIfAbsent(new Stage(picture.camera(), stage), absent -> new Histogram())
                .add(duration);
    }
}
