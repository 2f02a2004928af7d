package io.edgecam;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the module; the same as no command at all. */
@Command(
        name = "run",
        description = "Run the module (this is what happens without a command).",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Mixin
    private final RunOptions options = new RunOptions();

    @Override
    public Integer call() throws InterruptedException {
        return options.run();
    }
}
