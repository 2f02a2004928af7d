package io.edgecam.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.json.Problem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is reported of each top-level desired key, in the manner of IoT Plug and Play: the value in force, whether the
 * wish was taken, which version of it was looked at, and what is wrong. Values are immutable once made.
 *
 * @see <a href="https://learn.microsoft.com/azure/iot/concepts-convention">IoT Plug and Play conventions</a>
 */
final class Acknowledgements {
    /** A reported value may have 4096 bytes; a description of mistakes is cut well before that. */
    private static final int MAX_DESCRIPTION = 1000;

    private Acknowledgements() {}

    /** The whole document was taken. */
    static JsonObject taken(JsonObject desired, long version, JsonObject inForce, List<String> notYet) {
        JsonObject json = new JsonObject();
        for (String key : keys(desired)) {
            List<String> own =
                    notYet.stream().filter(path -> topOf(path).equals(key)).toList();
            String words =
                    own.isEmpty() ? "ok" : "ok; read, but this version does not act on: " + String.join(", ", own);
            json.add(key, acknowledgement(inForce.get(key), 200, version, words));
        }
        return json;
    }

    /** The whole document was refused; what was in force before goes on. */
    static JsonObject refused(JsonObject desired, long version, JsonObject inForce, List<Problem> problems) {
        Set<String> atFault = new TreeSet<>();
        problems.forEach(problem -> atFault.add(topOf(problem.path())));
        JsonObject json = new JsonObject();
        for (String key : keys(desired)) {
            List<String> own = problems.stream()
                    .filter(problem -> topOf(problem.path()).equals(key))
                    .map(Problem::toString)
                    .toList();
            boolean faulty = !own.isEmpty() || atFault.contains("");
            String words = own.isEmpty()
                    ? "not taken up, the document as a whole was refused because of " + String.join(", ", atFault)
                    : String.join("; ", own);
            json.add(key, acknowledgement(inForce.get(key), faulty ? 400 : 200, version, words));
        }
        return json;
    }

    private static JsonObject acknowledgement(@Nullable JsonElement value, int code, long version, String description) {
        JsonObject json = new JsonObject();
        if (value != null) {
            json.add("value", value);
        }
        json.addProperty("ac", code);
        json.addProperty("av", version);
        json.addProperty("ad", cut(description));
        return json;
    }

    private static List<String> keys(JsonObject desired) {
        return desired.keySet().stream().filter(key -> !key.startsWith("$")).toList();
    }

    private static String topOf(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return path.substring(0, end);
    }

    private static String cut(String text) {
        return text.length() <= MAX_DESCRIPTION ? text : text.substring(0, MAX_DESCRIPTION - 1) + "…";
    }
}
