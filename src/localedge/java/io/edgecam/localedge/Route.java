package io.edgecam.localedge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One route of a deployment: from the messages of modules, or of one output, into an input of a module or upstream. A
 * condition (WHERE) is not read. Immutable.
 */
record Route(@Nullable String fromModule, String fromOutput, Optional<Target> into) {
    private static final Pattern FORM = Pattern.compile(
            "FROM\\s+(?<source>/\\S*)\\s+INTO\\s+(?:(?<up>\\$upstream)|BrokeredEndpoint\\(\\s*\"/modules/"
                    + "(?<module>[^/\"]+)/inputs/(?<input>[^/\"]+)\"\\s*\\))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SOURCE = Pattern.compile(
            "/(?:\\*|messages/\\*|messages/modules/(?<module>[^/]+)(?:/\\*|/outputs/(?<output>[^/]+))?)");

    static Route parse(String text) {
        Matcher whole = FORM.matcher(text.trim());
        if (!whole.matches()) {
            throw wrong(text);
        }
        Matcher source = SOURCE.matcher(whole.group("source"));
        if (!source.matches()) {
            throw wrong(text);
        }
        String output = source.group("output");
        Optional<Target> into = whole.group("up") != null
                ? Optional.empty()
                : Optional.of(new Target(whole.group("module"), whole.group("input")));
        return new Route(source.group("module"), output == null ? "*" : output, into);
    }

    boolean takes(Identity from, Telemetry message) {
        return (fromModule == null || fromModule.equals(from.module()))
                && (fromOutput.equals("*") || fromOutput.equals(message.output()));
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("Cannot read the route \"" + text + "\"; known forms: FROM /messages/* | "
                + "/messages/modules/M/* | /messages/modules/M/outputs/O INTO $upstream | "
                + "BrokeredEndpoint(\"/modules/M/inputs/I\"), without WHERE");
    }

    record Target(String module, String input) {}
}
