package io.edgecam.json;

/**
 * One field that a reader asked for; its row in a table of the documentation.
 *
 * @param path where it stands, with {@code *} for names that are free: {@code cameras.*.width}
 * @param kind what it must be, with its bounds
 * @param standard what is taken where it is left out, as JSON; empty = nothing
 */
public record Field(String path, String kind, String standard, String meaning) {
    /** A row of a Markdown table. */
    public String markdown() {
        String shown = standard.isEmpty() ? "–" : "`" + standard + "`";
        return ("| `" + path + "` | " + escaped(kind) + " | " + shown + " | " + escaped(meaning) + " |");
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }
}
