package io.edgecam;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** The command line. Without a command the module runs. */
@Command(
        name = "edgecam",
        description = "The camera module for Azure IoT Edge: takes a picture when it is told to and keeps it safe.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {RunCommand.class, SnapshotCommand.class, CheckCommand.class})
public final class Main implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(Main.class);

    @Mixin
    private final RunOptions options = new RunOptions();

    private Main() {}

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            log.error("Thread {} died", thread.getName(), failure);
            Runtime.getRuntime().halt(Ending.DEAD_THREAD);
        });
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run();
    }

    /** The version that the build wrote into the jar. */
    static String version() {
        return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "development");
    }

    /** For {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"edgecam " + version()};
        }
    }
}
