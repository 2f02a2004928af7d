package io.edgecam.contract;

import com.google.gson.JsonObject;
import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.ledger.Account;
import io.edgecam.ledger.Fate;
import io.edgecam.ledger.Ledger;
import io.edgecam.storage.Storage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The state of the whole module in JSON, for the twin, getStatus and the heartbeat. For any number of threads. */
public final class Overview {
    private final String version;
    private final Instant startedAt;
    private final long startedNanos = System.nanoTime();
    private final Cameras cameras;
    private final Storage storage;
    private final Ledger ledger;
    private final Counts counts;

    public Overview(
            String version, InstantSource clock, Cameras cameras, Storage storage, Ledger ledger, Counts counts) {
        this.version = version;
        this.startedAt = clock.instant();
        this.cameras = cameras;
        this.storage = storage;
        this.ledger = ledger;
        this.counts = counts;
    }

    /**
     * The read-only reported properties.
     *
     * @param link through which door the module comes to the hub: {@code iotedge}, {@code module}, {@code device}, {@code none}
     */
    public JsonObject reported(String link) {
        JsonObject module = new JsonObject();
        module.addProperty("version", version);
        module.addProperty("startedAt", Times.text(startedAt));
        module.addProperty("link", link);
        JsonObject json = new JsonObject();
        json.add("module", module);
        json.add("cameras_status", StatusJson.cameras(cameras.all()));
        json.add("storage_status", StatusJson.storage(storage.status()));
        json.add("spool_status", StatusJson.spool(storage.spool()));
        return json;
    }

    /** What is not worth a report because it always changes. */
    public JsonObject running() {
        JsonObject json = new JsonObject();
        json.addProperty("uptimeSeconds", uptime().toSeconds());
        json.addProperty("java", Runtime.version().toString());
        json.addProperty("memoryBytes", usedHeap());
        json.addProperty("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        json.add("counts", counts.json());
        json.add("ledger", Values.json(LedgerJson.cameras(ledger.totals())));
        json.add("cameras_status", StatusJson.camerasInFull(cameras.all()));
        return json;
    }

    /** The details of a heartbeat. */
    public Map<String, Object> heartbeat() {
        Map<String, Object> perCamera = new HashMap<>();
        Map<String, Account> ledgers = ledger.totals();
        cameras.all()
                .forEach((name, camera) ->
                        perCamera.put(name, beat(name, camera, ledgers.getOrDefault(name, Account.NONE))));
        return Map.of(
                "cameras",
                perCamera,
                "spool",
                Map.of(
                        "pictures",
                        storage.spool().pictures(),
                        "bytes",
                        storage.spool().bytes(),
                        "dropped",
                        storage.spool().dropped()),
                "uptimeSeconds",
                uptime().toSeconds(),
                "memoryBytes",
                usedHeap());
    }

    private Map<String, Object> beat(String name, Camera camera, Account account) {
        CameraStatus status = camera.status();
        return Map.of(
                "state", status.state().word(),
                "frames", status.frames(),
                "rate", status.rate(),
                "damagedFrames", status.damaged(),
                "pictures", ledger.sinceStart().of(name, Fate.TAKEN),
                "ledger", LedgerJson.of(account));
    }

    private Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
