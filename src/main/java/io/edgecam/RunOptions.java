package io.edgecam;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** What can be said when the module is run, and the running itself, until it is told to stop. */
final class RunOptions {
    private static final Logger log = LoggerFactory.getLogger(RunOptions.class);
    private static final int WRONG_USE = 2;
    private static final int STUCK = 1;
    /** Docker and edgeAgent kill what has not ended 10 s after SIGTERM. */
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(7);

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description =
                    "A desired document in JSON. Without a hub it is all there is and is read again when it changes;"
                            + " with a hub it holds defaults that the module twin overrides.")
    private @Nullable Path settings;

    @Option(names = "--debug", description = "Say more in the log.")
    private boolean debug;

    int run() throws InterruptedException {
        if (debug && LoggerFactory.getLogger("io.edgecam") instanceof ch.qos.logback.classic.Logger ours) {
            ours.setLevel(Level.DEBUG);
        }
        log.info("edgecam {} on Java {}", Main.version(), Runtime.version());
        try {
            stopOnSignal(EdgeModule.start(System.getenv(), Optional.ofNullable(settings), InstantSource.system()));
        } catch (IllegalArgumentException | IOException e) {
            log.error("Cannot start: {}", e.getMessage());
            return WRONG_USE;
        }
        new CountDownLatch(1).await();
        return 0;
    }

    /** The JVM would end with the signal's number; a module that was told to stop and did so ends with 0. */
    private static void stopOnSignal(EdgeModule module) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(module), "stop"));
    }

    private static void stop(EdgeModule module) {
        Thread closing = new Thread(module::close, "closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(TIME_TO_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            log.error("Not stopped within {} s, ending all the same", TIME_TO_STOP.toSeconds());
            Runtime.getRuntime().halt(STUCK);
        }
        log.info("stopped");
        Runtime.getRuntime().halt(0);
    }
}
