package io.edgecam.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.thread.Worker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the reported properties true, by a thread of its own, {@code reports}: once a second at most it compares what is
 * with what the hub has been told, and tells it the difference.
 */
public final class Reports implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Reports.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    /** IoT Hub takes a reported document of 32 KB. */
    private static final int MAX_BYTES = 31 * 1024;

    private final HubLink link;
    private final Supplier<JsonObject> status;
    private final Worker worker;
    private volatile Optional<JsonObject> acknowledgements = Optional.empty();
    private final AtomicReference<JsonObject> told = new AtomicReference<>(new JsonObject());
    private volatile JsonObject refused = new JsonObject();

    /** @param status the read-only properties as they are now, by top-level key */
    public Reports(HubLink link, Supplier<JsonObject> status) {
        this.link = link;
        this.status = status;
        this.worker = Worker.start("reports", this::run);
    }

    /** There is a new connection, and this is what the hub holds. */
    public void connected(JsonObject reported) {
        told.set(reported.deepCopy());
        refused = new JsonObject();
    }

    /** What is to be said of each desired key from now on. */
    public void acknowledge(JsonObject said) {
        acknowledgements = Optional.of(said.deepCopy());
    }

    @Override
    public void close() {
        worker.close();
    }

    private void run() throws InterruptedException {
        while (true) {
            link.awaitConnected(PAUSE_AFTER_FAILURE);
            boolean well = !link.status().connected() || tell();
            TimeUnit.MILLISECONDS.sleep((well ? PERIOD : PAUSE_AFTER_FAILURE).toMillis());
        }
    }

    /**
     * Tells the hub what changed; false if it could not be told. Before the desired properties of this start were read,
     * the hub keeps what it was told of those before.
     */
    private boolean tell() throws InterruptedException {
        Optional<JsonObject> said = acknowledgements;
        if (said.isEmpty()) {
            return true;
        }
        JsonObject before = Objects.requireNonNull(told.get());
        JsonObject now = fitting(whole(said.get()));
        JsonObject patch = Difference.between(before, now);
        if (patch.size() == 0 || patch.equals(refused)) {
            return true;
        }
        try {
            link.report(patch);
            told.compareAndSet(before, now);
            return true;
        } catch (LinkException e) {
            log.warn("{}", e.getMessage());
            if (e.isHopeless()) {
                refused = patch;
            } else {
                told.compareAndSet(before, Difference.unsure(before, now)); // it may have arrived, or arrive yet
            }
            return false;
        }
    }

    private JsonObject whole(JsonObject said) {
        JsonObject document = status.get();
        said.asMap().forEach(document::add);
        return document;
    }

    /** A document that is too long is told without the values in force, which getStatus tells in full. */
    private static JsonObject fitting(JsonObject document) {
        if (document.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return document;
        }
        JsonObject shorter = document.deepCopy();
        for (Map.Entry<String, JsonElement> entry : shorter.entrySet()) {
            if (entry.getValue() instanceof JsonObject acknowledgement && acknowledgement.has("ac")) {
                acknowledgement.remove("value");
            }
        }
        return shorter;
    }
}
