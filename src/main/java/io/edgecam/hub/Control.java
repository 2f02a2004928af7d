package io.edgecam.hub;

import com.google.gson.JsonObject;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.json.MergePatch;
import io.edgecam.settings.Parsed;
import io.edgecam.settings.Settings;
import io.edgecam.thread.Worker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes desired documents, reads them, and applies them one after the other on a thread of its own, {@code control}. A
 * document with any mistake changes nothing: the settings before it go on.
 */
public final class Control implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Control.class);
    private static final Duration PATIENCE_FOR_THE_FIRST = Duration.ofSeconds(5);

    private record Wish(JsonObject desired, long version) {}

    private final JsonObject defaults;
    private final Map<String, String> environment;
    private final Consumer<JsonObject> acknowledge;
    private final Events events;
    private final InstantSource clock;
    private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
    private final CountDownLatch firstWish = new CountDownLatch(1);
    private @Nullable Worker worker;
    private volatile JsonObject inForce = new JsonObject();
    private volatile JsonObject acknowledgements = new JsonObject();
    private volatile Optional<Settings> settings = Optional.empty();
    private volatile JsonObject comparison = Comparison.NONE;
    private Optional<Long> versionInForce = Optional.empty();

    /**
     * @param defaults a desired document that every wish is laid over
     * @param acknowledge takes what is to be reported of each desired key
     */
    public Control(
            JsonObject defaults,
            Map<String, String> environment,
            Consumer<JsonObject> acknowledge,
            Events events,
            InstantSource clock) {
        this.defaults = defaults;
        this.environment = Map.copyOf(environment);
        this.acknowledge = acknowledge;
        this.events = events;
        this.clock = clock;
    }

    /** Begins to take wishes; {@code apply} makes reality match, and is called on the control thread only. */
    public void start(Consumer<Settings> apply) {
        worker = Worker.start("control", () -> run(apply));
    }

    /** Takes a whole desired document; returns at once. */
    public void wish(JsonObject desired, long version) {
        wishes.add(new Wish(desired, version));
    }

    /** Waits until a desired document was taken or refused; the defaults of the first seconds do not count. */
    public void awaitFirstWish() throws InterruptedException {
        firstWish.await();
    }

    /** The settings in force; empty until the first were applied. */
    public Optional<Settings> settings() {
        return settings;
    }

    /** The settings in force with every default, secrets as {@code ***}. */
    public JsonObject inForce() {
        return inForce.deepCopy();
    }

    /** The last wish beside what is in force, as {@link Comparison} words it. */
    public JsonObject comparison() {
        return comparison.deepCopy();
    }

    /** What was last said of each desired key. */
    public JsonObject acknowledgements() {
        return acknowledgements.deepCopy();
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
    }

    private void run(Consumer<Settings> apply) throws InterruptedException {
        Wish first = wishes.poll(PATIENCE_FOR_THE_FIRST.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            log.info("No desired properties yet: starting with the defaults");
            begin(apply);
        } else {
            take(first, apply);
        }
        while (true) {
            take(wishes.take(), apply);
        }
    }

    private void take(Wish wish, Consumer<Settings> apply) {
        read(wish, apply);
        firstWish.countDown();
    }

    private void read(Wish wish, Consumer<Settings> apply) {
        Parsed parsed = Settings.read(MergePatch.apply(defaults, wish.desired()), environment);
        JsonObject asked = Settings.asked(wish.desired(), environment);
        if (parsed instanceof Parsed.Valid valid) {
            apply(valid, apply);
            versionInForce = Optional.of(wish.version());
            comparison = Comparison.taken(wish.version(), asked, valid.notYet());
            List<String> notYet = valid.notYet();
            say(Acknowledgements.taken(wish.desired(), wish.version(), inForce, notYet));
            log.info("Settings of version {} are in force", wish.version());
        } else if (parsed instanceof Parsed.Invalid invalid) {
            boolean first = settings.isEmpty();
            if (first) {
                begin(apply);
            }
            comparison = Comparison.refused(wish.version(), asked, inForce, versionInForce, invalid);
            say(Acknowledgements.refused(wish.desired(), wish.version(), inForce, invalid.problems()));
            log.warn(
                    "Settings of version {} are refused, {} go on: {}",
                    wish.version(),
                    first ? "the usual ones" : "those before",
                    invalid.problems());
            events.tell(Event.of(
                    EventType.SETTINGS_REFUSED,
                    clock.instant(),
                    Map.of("version", wish.version(), "problems", invalid.problems())));
        }
    }

    /** Without any usable wish: the defaults of the device, or if they have mistakes, of the program. */
    private void begin(Consumer<Settings> apply) {
        for (JsonObject document : List.of(defaults, new JsonObject())) {
            Parsed parsed = Settings.read(document, environment);
            if (parsed instanceof Parsed.Valid valid) {
                apply(valid, apply);
                return;
            } else if (parsed instanceof Parsed.Invalid invalid) {
                log.error("The settings of this device have mistakes: {}", invalid.problems());
            }
        }
    }

    private void apply(Parsed.Valid valid, Consumer<Settings> apply) {
        apply.accept(valid.settings());
        inForce = valid.inForce();
        settings = Optional.of(valid.settings());
    }

    private void say(JsonObject said) {
        acknowledgements = said;
        acknowledge.accept(said);
    }
}
