package io.edgecam.metrics;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraFigures;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.contract.Counts;
import io.edgecam.storage.SpoolStatus;
import io.edgecam.storage.Storage;
import io.edgecam.storage.StorageStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Everything that can be measured of the running module, read when it is asked for. For any number of threads. */
public final class Metrics {
    private final Labels labels;
    private final String version;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Cameras cameras;
    private final Storage storage;
    private final Counts counts;
    private final PictureFigures pictures;
    private final WebFigures web;
    private final Supplier<HubFigures> hub;

    public Metrics(
            Labels labels,
            String version,
            InstantSource clock,
            Cameras cameras,
            Storage storage,
            Counts counts,
            PictureFigures pictures,
            WebFigures web,
            Supplier<HubFigures> hub) {
        this.labels = labels;
        this.version = version;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.cameras = cameras;
        this.storage = storage;
        this.counts = counts;
        this.pictures = pictures;
        this.web = web;
        this.hub = hub;
    }

    /** One page of it, for {@code GET /metrics}. */
    public String text() {
        Exposition out = new Exposition(labels);
        out.gauge("edgecam_info", "1, with the version of edgecam and of Java as labels")
                .add(1, Map.of("version", version, "java", Runtime.version().toString()));
        out.gauge("edgecam_uptime_seconds", "Since the module was started")
                .add(seconds(Duration.between(startedAt, clock.instant())));
        cameras(out);
        pictures.write(out);
        web.write(out);
        storage(out);
        hub(out);
        Exposition.Family events = out.counter("edgecam_events_total", "Events by type, as telemetry names them");
        counts.byType().forEach((type, count) -> events.add(count, Map.of("type", type)));
        ProcessFigures.write(out);
        return out.text();
    }

    private void cameras(Exposition out) {
        Map<String, Camera> all = cameras.all();
        Map<String, CameraStatus> states = new LinkedHashMap<>();
        Map<String, CameraFigures> figures = new LinkedHashMap<>();
        all.forEach((name, camera) -> {
            states.put(name, camera.status());
            figures.put(name, camera.figures());
        });
        each(
                out.gauge("edgecam_camera_up", "1, or 0 while the camera is lost"),
                states,
                status -> status.state() == CameraStatus.State.LOST ? 0 : 1);
        each(
                out.gauge("edgecam_camera_live", "1 while frames come, 0 while it is closed or lost"),
                states,
                status -> status.state() == CameraStatus.State.LIVE ? 1 : 0);
        each(out.counter("edgecam_camera_frames_total", "Frames received"), figures, one -> (double) one.frames());
        Exposition.Family dropped = out.counter(
                "edgecam_camera_frames_dropped_total", "Frames thrown away, by reason: damaged, warmUp (just opened)");
        figures.forEach((name, one) -> {
            dropped.add(one.damaged(), Map.of("camera", name, "reason", "damaged"));
            dropped.add(one.warmUp(), Map.of("camera", name, "reason", "warmUp"));
        });
        each(out.gauge("edgecam_camera_frame_rate", "Frames a second now, 0 unless live"), states, CameraStatus::rate);
        each(
                out.gauge("edgecam_camera_frame_age_seconds", "Age of the newest frame; no line while there is none"),
                figures,
                one -> one.age().map(Metrics::seconds).orElse(Double.NaN));
        each(out.counter("edgecam_camera_opens_total", "How often it was opened and gave a frame"), figures, one ->
                (double) one.opens());
        each(
                out.gauge(
                        "edgecam_camera_open_seconds",
                        "How long it took to open the last time, up to the first frame, warm-up included"),
                figures,
                one -> one.opening().map(Metrics::seconds).orElse(Double.NaN));
    }

    private void storage(Exposition out) {
        SpoolStatus spool = storage.spool();
        out.gauge("edgecam_spool_pictures", "Pictures that wait on this device").add(spool.pictures());
        out.gauge("edgecam_spool_bytes", "Bytes that they take").add(spool.bytes());
        out.gauge("edgecam_spool_oldest_seconds", "Since the oldest of them was taken; 0 while none waits")
                .add(spool.oldest()
                        .map(oldest -> Math.max(0, seconds(Duration.between(oldest, clock.instant()))))
                        .orElse(0.0));
        out.counter("edgecam_spool_dropped_total", "Pictures given up because the spool was full")
                .add(spool.dropped());
        out.counter("edgecam_spool_set_aside_total", "Pictures set aside, damaged on disk or refused by the store")
                .add(storage.setAside());
        Exposition.Family state =
                out.gauge("edgecam_storage_state", "1 for the state that storing is in: ok, blocked or offline");
        for (StorageStatus.State one : StorageStatus.State.values()) {
            state.add(storage.status().state() == one ? 1 : 0, Map.of("state", one.word()));
        }
        out.counter("edgecam_upload_failures_total", "Uploads that were tried and did not reach the store")
                .add(storage.uploadFailures());
    }

    private void hub(Exposition out) {
        HubFigures now = hub.get();
        out.gauge("edgecam_hub_connected", "1 while the hub is connected").add(now.connected() ? 1 : 0);
        out.counter("edgecam_hub_reconnects_total", "Connections to the hub after the first")
                .add(Math.max(0, now.connects() - 1));
        out.gauge("edgecam_telemetry_waiting", "Events that wait in memory for the hub")
                .add(now.waiting());
        out.gauge("edgecam_telemetry_waiting_files", "Files of up to 64 KB of events that wait for the hub")
                .add(now.waitingFiles());
        out.counter("edgecam_telemetry_dropped_total", "Events dropped for newer ones")
                .add(now.dropped());
    }

    private static <T> void each(Exposition.Family family, Map<String, T> cameras, ToDoubleFunction<T> value) {
        cameras.forEach((name, one) -> family.add(value.applyAsDouble(one), Map.of("camera", name)));
    }

    private static double seconds(Duration duration) {
        return (double) duration.toNanos() / TimeUnit.SECONDS.toNanos(1);
    }

    /**
     * How it stands with the line to the hub and what is to go over it.
     *
     * @param connects connections since the start, the present one included
     * @param waiting events in memory
     * @param waitingFiles files of events
     * @param dropped events
     */
    public record HubFigures(boolean connected, long connects, long waiting, long waitingFiles, long dropped) {}
}
