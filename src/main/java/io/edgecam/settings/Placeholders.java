package io.edgecam.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgecam.json.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds {@code $NAME} and {@code ${NAME}} that a deployment template left in a document when its variable was not set.
 * Has no state, for any number of threads.
 */
final class Placeholders {
    /** The short form only as a whole value, or as one in a connection string: a $ may stand in a password. */
    private static final Pattern LEFT_OVER = Pattern.compile("\\$\\{\\w+}|(?<![^=])\\$[A-Z][A-Z0-9_]*(?=$|;)");

    private static final String FIX = "still holds a placeholder of the deployment template ($NAME or ${NAME}):"
            + " set that variable in .env, generate the deployment again and deploy it";

    private Placeholders() {}

    /** The problems with those of placeholders instead of whatever else is wrong with the same values. */
    static List<Problem> among(JsonObject document, List<Problem> others) {
        List<Problem> all = new ArrayList<>();
        find("", document, all);
        List<String> paths = all.stream().map(Problem::path).toList();
        others.stream().filter(problem -> !paths.contains(problem.path())).forEach(all::add);
        return all;
    }

    private static void find(String path, JsonElement value, List<Problem> found) {
        if (value instanceof JsonObject object) {
            object.asMap().forEach((key, inner) -> find(path.isEmpty() ? key : path + "." + key, inner, found));
        } else if (value instanceof JsonArray list) {
            list.forEach(item -> find(path, item, found));
        } else if (value instanceof JsonPrimitive text
                && text.isString()
                && LEFT_OVER.matcher(text.getAsString()).find()) {
            found.add(new Problem(path, FIX));
        }
    }
}
