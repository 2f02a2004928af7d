package io.edgecam;

import io.edgecam.camera.Camera;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.source.Sources;
import io.edgecam.event.Events;
import io.edgecam.hub.SettingsFiles;
import io.edgecam.imaging.Darkroom;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.CameraSettings;
import io.edgecam.settings.Parsed;
import io.edgecam.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes one picture into a file, without hub or store. */
@Command(
        name = "snapshot",
        description = "Take one stamped picture into a file, then exit.",
        mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            required = true,
            description = "A desired document in JSON; may be given several times, each laid over those before it.")
    private List<Path> settings = List.of();

    @Option(names = "--camera", paramLabel = "NAME", description = "Its name; not needed if there is only one.")
    private @Nullable String camera;

    @Option(names = "--out", paramLabel = "F.jpg", required = true, description = "Where the picture goes.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        try {
            Jpeg picture = take(chosen(cameras()));
            try (var to = Files.newOutputStream(out)) {
                picture.open().transferTo(to);
            }
            System.out.println(
                    out + " " + picture.width() + "x" + picture.height() + " " + picture.length() + " bytes");
            return 0;
        } catch (IOException e) {
            System.err.println("edgecam: " + e.getMessage());
            return 1;
        }
    }

    private Map<String, CameraSettings> cameras() throws IOException {
        Parsed parsed = Settings.read(SettingsFiles.read(settings), System.getenv());
        if (parsed instanceof Parsed.Invalid invalid) {
            throw new IOException("the settings have mistakes: " + invalid.problems());
        }
        return new TreeMap<>(((Parsed.Valid) parsed).settings().cameras());
    }

    private Map.Entry<String, CameraSettings> chosen(Map<String, CameraSettings> known) throws IOException {
        if (camera == null && known.size() == 1) {
            return known.entrySet().iterator().next();
        }
        CameraSettings found = camera == null ? null : known.get(camera);
        if (found == null || camera == null) {
            throw new IOException("--camera must be one of " + known.keySet());
        }
        return Map.entry(camera, found);
    }

    private static Jpeg take(Map.Entry<String, CameraSettings> chosen) throws IOException, InterruptedException {
        String name = chosen.getKey();
        InstantSource clock = InstantSource.system();
        try (Cameras cameras = new Cameras(new Sources(clock, System.getenv()), new Events(), clock)) {
            cameras.apply(Map.of(name, chosen.getValue().device()));
            Camera opened = cameras.find(name).orElseThrow();
            Optional<Frame> frame = opened.frameTakenAfter(System.nanoTime(), PATIENCE);
            if (frame.isEmpty()) {
                throw new IOException("camera " + name + " gave no frame in " + PATIENCE.toSeconds() + " s: "
                        + opened.status().error());
            }
            return new Darkroom().develop(frame.get(), chosen.getValue().look(), "");
        }
    }
}
