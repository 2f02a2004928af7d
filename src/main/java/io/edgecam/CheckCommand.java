package io.edgecam;

import io.edgecam.camera.Cameras;
import io.edgecam.camera.source.Sources;
import io.edgecam.check.CameraCheck;
import io.edgecam.check.Check;
import io.edgecam.check.ClockCheck;
import io.edgecam.check.DeviceCheck;
import io.edgecam.check.EnvironmentCheck;
import io.edgecam.check.Finding;
import io.edgecam.check.Finding.Level;
import io.edgecam.check.HubCheck;
import io.edgecam.check.ModuleCheck;
import io.edgecam.check.SpoolCheck;
import io.edgecam.check.StorageCheck;
import io.edgecam.event.Events;
import io.edgecam.hub.SettingsFiles;
import io.edgecam.hub.iotedge.IotEdgeLink;
import io.edgecam.settings.CameraSettings;
import io.edgecam.settings.Parsed;
import io.edgecam.settings.Settings;
import io.edgecam.settings.StorageSettings;
import io.edgecam.storage.PictureStore;
import io.edgecam.storage.blob.Stores;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what is wrong on this device, each with its fix. Changes nothing, and leaves a running module alone. */
@Command(
        name = "check",
        description = "Say what is wrong on this device: environment, video devices, cameras, clock, reach of hub and"
                + " blob storage, spool. Exit code 1 if something is.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final int WIDEST = 28;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description =
                    "A desired document in JSON: its cameras are opened and its storage is tried. May be given several"
                            + " times, each laid over those before it.")
    private List<Path> files = List.of();

    private final InstantSource clock = InstantSource.system();
    private final Map<String, String> environment = System.getenv();

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        List<Finding> findings = new ArrayList<>();
        out.println("edgecam " + Main.version());
        Settings settings = settings(findings);
        findings.forEach(finding -> print(out, finding));
        try (Cameras cameras = new Cameras(new Sources(clock, environment), new Events(), clock)) {
            for (Check check : checks(settings, cameras)) {
                for (Finding finding : check.look()) {
                    print(out, finding);
                    findings.add(finding);
                }
            }
        }
        Map<Level, Long> counts =
                findings.stream().collect(Collectors.groupingBy(Finding::level, Collectors.counting()));
        long wrong = counts.getOrDefault(Level.WRONG, 0L);
        out.println(
                wrong == 0 ? "nothing is wrong here" : wrong + (wrong == 1 ? " thing is wrong" : " things are wrong"));
        return wrong == 0 ? 0 : 1;
    }

    private List<Check> checks(Settings settings, Cameras cameras) {
        Stores stores = new Stores();
        return List.of(
                new EnvironmentCheck(environment),
                new ModuleCheck(settings.web().port()),
                new DeviceCheck(Sources::videoDevices),
                new CameraCheck(
                        cameras,
                        settings.cameras().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        (Map.Entry<String, CameraSettings> one) ->
                                                one.getValue().device()))),
                new SpoolCheck(settings.spool()),
                new ClockCheck(clock, service(settings.storage(), stores)),
                new HubCheck(environment, IotEdgeLink::address, clock),
                new StorageCheck(settings.storage(), stores));
    }

    /** The settings of the file, completed by the environment; the defaults where there is none that can be used. */
    private Settings settings(List<Finding> findings) {
        String subject = "settings";
        try {
            Parsed parsed = Settings.read(SettingsFiles.read(files), environment);
            if (parsed instanceof Parsed.Valid valid) {
                findings.add(
                        files.isEmpty()
                                ? new Finding(
                                        Level.NOTE,
                                        subject,
                                        "those of the twin are known to the running module only; --settings FILE checks a"
                                                + " desired document")
                                : new Finding(Level.OK, subject, files + " have no mistake"));
                return valid.settings();
            }
            ((Parsed.Invalid) parsed)
                    .problems()
                    .forEach(problem ->
                            findings.add(new Finding(Level.WRONG, subject, problem.path() + " " + problem.problem())));
        } catch (IOException e) {
            findings.add(new Finding(Level.WRONG, subject, String.valueOf(e.getMessage())));
        }
        return Settings.defaults();
    }

    /** The address of the blob service, if that is where pictures go. */
    private static Optional<URI> service(StorageSettings storage, Stores stores) {
        if (storage.place() instanceof StorageSettings.Nowhere || storage.place() instanceof StorageSettings.Folder) {
            return Optional.empty();
        }
        try (PictureStore store = stores.apply(storage)) {
            return Optional.of(URI.create(store.locate("").url()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void print(PrintStream out, Finding finding) {
        String level = finding.level() == Level.WRONG
                ? "WRONG"
                : finding.level().name().toLowerCase(java.util.Locale.ROOT);
        out.printf("%-6s %-" + WIDEST + "s %s%n", level, finding.subject(), finding.sentence());
    }
}
