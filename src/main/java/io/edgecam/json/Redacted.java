package io.edgecam.json;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Text without what looks like a secret in it, by the rules that the log goes by: the user in a URL, keys and signatures
 * behind {@code =}, secret members of JSON. The last line of defence, for texts that should hold none. Has no state, for
 * any number of threads.
 */
public final class Redacted {
    static final String HIDDEN = "***";

    private record Rule(Pattern secret, String shown) {
        String applied(String text) {
            return secret.matcher(text).replaceAll(shown);
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule(Pattern.compile("://[^/\\s\"]+@"), "://***@"),
            new Rule(
                    Pattern.compile("(?i)\\b(sig|AccountKey|SharedAccessKey|password|token)(=|%3D)[^&;\\s\"]+"),
                    "$1$2***"),
            new Rule(
                    Pattern.compile("(?i)(\"(?:accountKey|connectionString|sasUrl|password|token)\"\\s*:\\s*\")[^\"]+"),
                    "$1***"));

    private Redacted() {}

    public static String text(String text) {
        String redacted = text;
        for (Rule rule : RULES) {
            redacted = rule.applied(redacted);
        }
        return redacted;
    }
}
