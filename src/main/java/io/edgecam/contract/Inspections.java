package io.edgecam.contract;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.imaging.Quality;
import io.edgecam.json.Fields;
import io.edgecam.json.Problem;
import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Frame;
import io.edgecam.settings.Parsed;
import io.edgecam.settings.Settings;
import io.edgecam.storage.Storage;
import io.edgecam.storage.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The methods that look and change nothing: getStatus, testCamera, testStorage, validateSettings. For any number of threads. */
public final class Inspections {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration NEXT = Duration.ofSeconds(5);

    private final Cameras cameras;
    private final Storage storage;
    private final Supplier<JsonObject> status;
    private final Supplier<Optional<Settings>> inForce;
    private final Map<String, String> environment;

    public Inspections(
            Cameras cameras,
            Storage storage,
            Supplier<JsonObject> status,
            Supplier<Optional<Settings>> inForce,
            Map<String, String> environment) {
        this.cameras = cameras;
        this.storage = storage;
        this.status = status;
        this.inForce = inForce;
        this.environment = Map.copyOf(environment);
    }

    /** Everything that is reported, and what is running. */
    public Answer status(JsonObject request) {
        Fields in = Fields.of(request);
        in.refuseUnknown();
        return in.problems().isEmpty() ? Answers.ok(status.get()) : Answers.badRequest(in.problems());
    }

    /** Opens a camera and looks at one frame of it, and at the next whether it shows the same; nothing is kept. */
    public Answer testCamera(JsonObject request) throws InterruptedException {
        Fields in = Fields.of(request);
        String named = in.text("camera", "", 32, "its name; may be left out where there is only one");
        in.refuseUnknown();
        if (!in.problems().isEmpty()) {
            return Answers.badRequest(in.problems());
        }
        Map<String, Camera> known = cameras.all();
        String name =
                named.isEmpty() && known.size() == 1 ? known.keySet().iterator().next() : named;
        Camera camera = known.get(name);
        if (camera == null) {
            String message = "there is no camera '" + name + "'; known here: " + known.keySet();
            return Answers.error(404, "UnknownCamera", message, List.of());
        }
        long start = System.nanoTime();
        Optional<Frame> frame = camera.frameTakenAfter(start, PATIENCE);
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        CameraStatus now = camera.status();
        if (frame.isEmpty()) {
            String why = now.error().isEmpty() ? "no frame in " + PATIENCE.toSeconds() + " s" : now.error();
            return Answers.error(503, "CameraLost", "camera " + name + ": " + why, List.of());
        }
        try {
            Optional<Frame> next = camera.frameAfter(frame.get().sequence(), NEXT);
            return Answers.ok(tested(name, frame.get(), next, waited, now));
        } catch (BadJpegException e) {
            String message = "camera " + name + " gave a frame that is no whole JPEG: " + e.getMessage();
            return Answers.error(503, "CameraLost", message, List.of());
        }
    }

    /** Writes, reads and deletes a probe in the store. */
    public Answer testStorage(JsonObject request) throws InterruptedException {
        Fields in = Fields.of(request);
        in.refuseUnknown();
        if (!in.problems().isEmpty()) {
            return Answers.badRequest(in.problems());
        }
        try {
            JsonObject json = new JsonObject();
            json.addProperty("result", storage.probe());
            return Answers.ok(json);
        } catch (StoreException e) {
            return Answers.error(503, e.code(), String.valueOf(e.getMessage()), List.of());
        }
    }

    /** Reads a desired document as the twin's would be read, and says what it would change. */
    public Answer validate(JsonObject desired) {
        Parsed parsed = Settings.read(desired, environment);
        List<Problem> problems = parsed instanceof Parsed.Invalid invalid ? invalid.problems() : List.of();
        JsonObject json = new JsonObject();
        json.addProperty("valid", problems.isEmpty());
        json.add("problems", Values.json(problems));
        json.add("restarts", parsed instanceof Parsed.Valid valid ? restarts(valid.settings()) : new JsonArray());
        json.add("next", new JsonArray());
        return Answers.ok(json);
    }

    private JsonArray restarts(Settings wanted) {
        List<String> paths = new ArrayList<>();
        Optional<Settings> now = inForce.get();
        if (now.isEmpty()) {
            return new JsonArray();
        }
        TreeSet<String> names = new TreeSet<>(wanted.cameras().keySet());
        names.addAll(now.get().cameras().keySet());
        for (String name : names) {
            var before = now.get().cameras().get(name);
            var after = wanted.cameras().get(name);
            if (before == null || after == null || !before.device().equals(after.device())) {
                paths.add("cameras." + name);
            }
        }
        addIfChanged("storage", now.get().storage(), wanted.storage(), paths);
        addIfChanged("spool", now.get().spool(), wanted.spool(), paths);
        addIfChanged("web", now.get().web(), wanted.web(), paths);
        return Values.json(paths).getAsJsonArray();
    }

    private static void addIfChanged(String path, Object before, Object after, List<String> paths) {
        if (!Objects.equals(before, after)) {
            paths.add(path);
        }
    }

    private static JsonObject tested(String name, Frame frame, Optional<Frame> next, Duration waited, CameraStatus now)
            throws BadJpegException {
        Quality quality = Quality.of(frame.image());
        JsonObject json = new JsonObject();
        json.addProperty("camera", name);
        json.addProperty("width", frame.image().width());
        json.addProperty("height", frame.image().height());
        json.addProperty("bytes", frame.image().length());
        json.addProperty("framerate", now.rate());
        json.addProperty("openMs", waited.toMillis());
        json.addProperty("brightness", Math.round(quality.brightness()));
        json.addProperty("sharpness", Math.round(quality.sharpness()));
        json.addProperty("covered", quality.covered());
        if (next.isPresent()) {
            json.addProperty(
                    "frozen",
                    !quality.covered()
                            && quality.sameViewAs(Quality.of(next.get().image())));
        }
        return json;
    }
}
