package io.edgecam.settings;

import com.google.gson.JsonElement;
import io.edgecam.json.Exact;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The commands that the owner of the device declared for {@code exec:} cameras, as {@code EDGECAM_EXEC_<NAME>} with a
 * JSON list of arguments. The cloud chooses among them, it never writes one. Immutable, for any number of threads.
 */
public final class DeclaredCommands {
    public static final String PREFIX = "EDGECAM_EXEC_";
    private static final int MAX_ARGUMENTS = 64;
    private static final int MAX_CHARACTERS = 4096;

    private final Map<String, String> environment;

    public DeclaredCommands(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The names that are declared, in order. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (String variable : environment.keySet()) {
            if (variable.startsWith(PREFIX)) {
                names.add(variable.substring(PREFIX.length()));
            }
        }
        return List.copyOf(names);
    }

    /**
     * A command and its arguments.
     *
     * @throws IllegalArgumentException with the rest of a sentence if there is none that can be run
     */
    public List<String> arguments(String name) {
        String text = environment.get(PREFIX + name);
        if (text == null) {
            throw new IllegalArgumentException(
                    "names a command that this device does not declare; declared are " + names()
                            + "; the owner of the device declares one as " + PREFIX + "NAME with a JSON list of texts");
        }
        try {
            List<String> arguments = new ArrayList<>();
            for (JsonElement argument : Exact.list(Json.parse(text), 1, MAX_ARGUMENTS, "texts")) {
                arguments.add(Exact.text(argument, MAX_CHARACTERS));
            }
            return List.copyOf(arguments);
        } catch (JsonException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "names a command whose variable " + PREFIX + name
                            + " must be a JSON list of texts, such as [\"rpicam-vid\",\"-o\",\"-\"], and is not",
                    e);
        }
    }
}
