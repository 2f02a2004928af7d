package io.edgecam;

import io.edgecam.hub.HubLink;
import io.edgecam.hub.LinkStatus;
import io.edgecam.thread.Worker;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up when the hub was away for too long, so that the module is started anew: with a fresh socket to the runtime, a
 * fresh environment, a fresh SDK. By a thread of its own, {@code hub-patience}.
 *
 * <p>The hub of IoT Edge is on the same device, so a dead line to it means that something is wrong with one of the two. A
 * line that goes straight to the cloud is away as often as the internet is, and a restart would heal nothing.
 */
final class HubPatience implements AutoCloseable {
    static final String VARIABLE = "EDGECAM_HUB_DEAD_MINUTES";
    static final Duration ON_THE_EDGE = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(HubPatience.class);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(7 * 24 * 60);
    private static final int LOOKS = 20;

    private final Worker worker;

    private HubPatience(Worker worker) {
        this.worker = worker;
    }

    /**
     * Begins to watch.
     *
     * @param patience zero = for ever
     * @param wouldLose whether work goes on now that a restart without the hub would end
     * @param giveUp is told, once, why
     */
    static HubPatience start(HubLink link, Duration patience, BooleanSupplier wouldLose, Consumer<String> giveUp) {
        return new HubPatience(Worker.start("hub-patience", () -> {
            if (!patience.isZero()) {
                run(link, patience, wouldLose, giveUp);
            }
        }));
    }

    /**
     * How long the line may be dead, as the environment says.
     *
     * @param kind the kind of the line, which decides where the environment says nothing
     * @throws IllegalArgumentException if it says what cannot be, with the fix
     */
    static Duration of(Map<String, String> environment, String kind) {
        String text = environment.getOrDefault(VARIABLE, "").strip();
        if (text.isEmpty()) {
            return kind.equals("iotedge") ? ON_THE_EDGE : Duration.ZERO;
        }
        if (!text.matches("\\d{1,5}(\\.\\d{1,3})?") || new BigDecimal(text).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    VARIABLE + " is '" + text + "'; it must be a number of minutes from 0 to " + LONGEST
                            + ", 0 for ever: the module ends when the hub was away for so long");
        }
        return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue() * 60);
    }

    @Override
    public void close() {
        worker.close();
    }

    private static void run(HubLink link, Duration patience, BooleanSupplier wouldLose, Consumer<String> giveUp)
            throws InterruptedException {
        while (true) {
            if (!link.awaitConnected(patience)) {
                LinkStatus line = link.status();
                String words = "no connection to the hub for " + inWords(patience) + ": " + line.error();
                if (!wouldLose.getAsBoolean()) {
                    giveUp.accept(words);
                    return;
                }
                log.warn("{}; the module goes on, for its cameras take pictures by themselves", words);
            }
            TimeUnit.NANOSECONDS.sleep(patience.dividedBy(LOOKS).toNanos());
        }
    }

    private static String inWords(Duration time) {
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
