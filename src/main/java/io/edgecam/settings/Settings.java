package io.edgecam.settings;

import com.google.gson.JsonObject;
import io.edgecam.json.Field;
import io.edgecam.json.Fields;
import io.edgecam.json.Json;
import io.edgecam.json.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Everything an operator can choose, complete and checked: no field needs a further look before use. */
public record Settings(
        StorageSettings storage,
        Map<String, CameraSettings> cameras,
        SpoolSettings spool,
        WebSettings web,
        MetricsSettings metrics,
        TelemetrySettings telemetry) {
    public Settings {
        cameras = Collections.unmodifiableMap(new LinkedHashMap<>(cameras));
    }

    /** What IoT Hub allows the desired properties of a twin, 32 KB. */
    public static final int MAX_BYTES = 32 * 1024;

    public static final int MAX_CAMERAS = 16;

    private static final Pattern CAMERA_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");
    private static final String CAMERA_RULE =
            "must be named by a letter and up to 31 more letters, digits and _, such as front";

    /**
     * Reads a whole desired document; top-level names with a $ are the hub's own and left alone.
     *
     * @param environment of the process, for commands and for credentials that the document leaves out
     */
    public static Parsed read(JsonObject desired, Map<String, String> environment) {
        JsonObject own = own(desired);
        Optional<String> excess = Json.excess(own, MAX_BYTES);
        if (excess.isPresent()) {
            return new Parsed.Invalid(List.of(new Problem("", "the document " + excess.get())), new JsonObject());
        }
        BlobFallback credentials = new BlobFallback(environment);
        JsonObject complete = credentials.complete(own);
        Fields in = Fields.of(complete);
        Settings settings = read(in, new SourceText(new DeclaredCommands(environment)));
        List<Problem> problems = credentials.named(Placeholders.among(complete, in.problems()));
        return problems.isEmpty()
                ? new Parsed.Valid(settings, in.inForce())
                : new Parsed.Invalid(problems, in.inForce());
    }

    /**
     * What a desired document asks for, right or wrong, as far as everybody may see it: secrets as {@code ***}, and so is
     * what may be a secret in a wrong place. Empty for one that is too large to be read.
     *
     * @param environment of the process, for commands
     */
    public static JsonObject asked(JsonObject desired, Map<String, String> environment) {
        JsonObject own = own(desired);
        if (Json.excess(own, MAX_BYTES).isPresent()) {
            return new JsonObject();
        }
        Fields in = Fields.of(own);
        read(in, new SourceText(new DeclaredCommands(environment)));
        return in.asked();
    }

    /** What an empty document means: no camera, and nowhere to send a picture. */
    public static Settings defaults() {
        return read(Fields.of(new JsonObject()), new SourceText(new DeclaredCommands(Map.of())));
    }

    /** Every setting there is, in the order of the documentation. */
    public static List<Field> catalogue() {
        return everything().fields().stream().map(NotYet::marked).toList();
    }

    /** The values in force of an empty document with a camera of the name {@code *}. */
    static JsonObject standards() {
        return everything().inForce();
    }

    private static Fields everything() {
        JsonObject cameras = new JsonObject();
        cameras.add("*", new JsonObject());
        JsonObject desired = new JsonObject();
        desired.add("cameras", cameras);
        Fields in = Fields.of(desired);
        read(in, new SourceText(new DeclaredCommands(Map.of())));
        return in;
    }

    private static JsonObject own(JsonObject desired) {
        JsonObject own = new JsonObject();
        desired.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("$"))
                .forEach(entry -> own.add(entry.getKey(), entry.getValue()));
        return own;
    }

    private static Settings read(Fields in, SourceText sources) {
        Settings settings = new Settings(
                in.object("storage", StorageSettings::read),
                in.each("cameras", CAMERA_NAME, CAMERA_RULE, MAX_CAMERAS, one -> CameraSettings.read(one, sources)),
                in.object("spool", SpoolSettings::read),
                in.object("web", WebSettings::read),
                in.object("metrics", MetricsSettings::read),
                in.object("telemetry", TelemetrySettings::read));
        Clashes.refuse(settings.cameras, settings.web, settings.metrics, in);
        in.refuseUnknown();
        return settings;
    }
}
