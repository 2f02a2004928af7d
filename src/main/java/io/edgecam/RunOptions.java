package io.edgecam;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** What can be said when the module is run, and the running itself, until it is told to stop. */
final class RunOptions {
    private static final Logger log = LoggerFactory.getLogger(RunOptions.class);

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description =
                    "A desired document in JSON. Without a hub it is all there is and is read again when it changes;"
                            + " with a hub it holds defaults that the module twin overrides. May be given several times: each"
                            + " is laid over those before it.")
    private List<Path> settings = List.of();

    @Option(names = "--debug", description = "Say more in the log.")
    private boolean debug;

    int run() throws InterruptedException {
        if (debug && LoggerFactory.getLogger("io.edgecam") instanceof ch.qos.logback.classic.Logger ours) {
            ours.setLevel(Level.DEBUG);
        }
        log.info("edgecam {} on Java {}", Main.version(), Runtime.version());
        Ending ending = Ending.watch();
        try {
            EdgeModule module = EdgeModule.start(System.getenv(), settings, InstantSource.system(), ending);
            ending.first(module::close);
        } catch (IllegalArgumentException | IOException e) {
            log.error("Cannot start: {}", e.getMessage());
            Runtime.getRuntime().halt(Ending.WRONG_USE);
        }
        new CountDownLatch(1).await();
        return 0;
    }
}
