package io.edgecam.metrics;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.ledger.Tally;
import io.edgecam.picture.Picture;
import io.edgecam.picture.Timings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of pictures, and how long their stages took. For any number of threads. */
public final class PictureFigures {
    record Stage(String camera, String stage) implements Comparable<Stage> {
        @Override
        public int compareTo(Stage other) {
            return toString().compareTo(other.toString());
        }
    }

    private final Tally fates;
    private final Map<Stage, Histogram> stages = new ConcurrentSkipListMap<>();
    private final LongAdder uploadedBytes = new LongAdder();

    /** @param fates what has become of pictures since the start, from the ledger, so that both say the same */
    public PictureFigures(Tally fates) {
        this.fates = fates;
    }

    /** A picture is safe on this device. */
    public void kept(Picture picture) {
        Timings timings = picture.timings();
        took(picture, "frame", timings.frame());
        took(picture, "develop", timings.develop());
        took(picture, "spool", timings.spool());
    }

    /** Something happened; only uploads are measured. */
    public void heard(Event event) {
        if (event.type() == EventType.PICTURE_STORED) {
            event.picture().ifPresent(this::uploaded);
        }
    }

    void write(Exposition out) {
        Exposition.Family pictures = out.counter(
                "edgecam_pictures_total",
                "Pictures by what became of them, as the ledger counts: expected, taken (safe on the device), uploaded,"
                        + " dropped, failed");
        fates.all()
                .forEach(count -> pictures.add(
                        count.number(),
                        Map.of(
                                "camera", count.camera(),
                                "trigger", count.trigger().word(),
                                "outcome", count.fate().word())));
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

    private void took(Picture picture, String stage, Duration duration) {
        stages.computeIfAbsent(new Stage(picture.camera(), stage), absent -> new Histogram())
                .add(duration);
    }
}
