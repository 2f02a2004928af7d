package io.edgecam.shipping;

import com.google.gson.FormattingStyle;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a tool makes a manifest of a template: variables are filled in, and create options become a text that is cut into at
 * most eight pieces of 512 characters, {@code createOptions}, {@code createOptions01} and so on. The tools differ in the
 * white space of that text, and so in where they cut. For any number of threads.
 */
enum Expansion {
    /** Without white space. */
    VSCODE(false),
    /** With a space behind every comma and colon. */
    IOTEDGEDEV(true);

    private static final int PIECE = 512;
    private static final int MOST_PIECES = 8;
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([A-Za-z0-9_.]+)}|([A-Za-z0-9_]+))");
    private static final Set<String> NO_VARIABLES = Set.of("edgeAgent", "edgeHub", "upstream", "schema");

    private final boolean spaced;

    Expansion(boolean spaced) {
        this.spaced = spaced;
    }

    /** A template's text with a value for each variable. */
    String filled(String template, UnaryOperator<String> value) {
        return VARIABLE.matcher(template).replaceAll(found -> {
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            return Matcher.quoteReplacement(NO_VARIABLES.contains(name) ? found.group() : value.apply(name));
        });
    }

    /** The manifest, with every {@code createOptions} in pieces, wherever it stands. */
    JsonObject expand(JsonObject template) {
        JsonObject manifest = template.deepCopy();
        cut(manifest);
        manifest.remove("$schema-template");
        return manifest;
    }

    /** Create options as edgeAgent puts them together again. */
    static JsonElement joined(JsonObject settings) {
        StringBuilder text = new StringBuilder(settings.get("createOptions").getAsString());
        for (int n = 1; settings.has(name(n)); n++) {
            text.append(settings.get(name(n)).getAsString());
        }
        return JsonParser.parseString(text.toString());
    }

    private void cut(JsonObject into) {
        for (String key : Set.copyOf(into.keySet())) {
            JsonElement value = into.get(key);
            if (key.equals("createOptions") && value.isJsonObject()) {
                cut(into, text(value));
            } else if (value.isJsonObject()) {
                cut(value.getAsJsonObject());
            }
        }
    }

    private static void cut(JsonObject settings, String options) {
        if (options.length() > PIECE * MOST_PIECES) {
            throw new IllegalArgumentException("create options of " + options.length() + " characters");
        }
        for (int n = 0; n * PIECE < options.length(); n++) {
            settings.addProperty(name(n), options.substring(n * PIECE, Math.min(options.length(), (n + 1) * PIECE)));
        }
    }

    private static String name(int piece) {
        return piece == 0 ? "createOptions" : String.format("createOptions%02d", piece);
    }

    private String text(JsonElement value) {
        return new GsonBuilder()
                .setFormattingStyle(FormattingStyle.COMPACT.withSpaceAfterSeparators(spaced))
                .setStrictness(Strictness.STRICT)
                .disableHtmlEscaping()
                .serializeNulls()
                .create()
                .toJson(value);
    }
}
