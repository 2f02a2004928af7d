package io.edgecam.picture;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How blobs are named: strftime in UTC and {@code {camera}}-like tokens. Checked when it is made, so that every expansion
 * is a fit name ({@link BlobName}) and no two pictures of a camera share one. Immutable, for any number of threads.
 */
public final class NameTemplate {
    /** The most characters of each value within a name, of the moment's longest words too. */
    private static final int MAX_VALUE = 128;

    private static final Pattern TOKEN = Pattern.compile("\\{([^{}]*)}|[{}]");

    private static final Map<String, Function<Subject, String>> TOKENS = new TreeMap<>(Map.of(
            "camera",
            Subject::camera,
            "device",
            Subject::device,
            "module",
            Subject::module,
            "trigger",
            subject -> subject.trigger().word(),
            "sequence",
            subject -> Long.toString(subject.sequence()),
            "label",
            subject -> subject.label().orElse("")));

    private static final ZoneId UTC = ZoneId.of("UTC");

    /** Wednesdays in September, no moment has longer words: one with two digits for the day, one with a space. */
    private static final List<Subject> LONGEST =
            List.of(longest("2026-09-30T22:22:22.222Z"), longest("2026-09-02T02:02:02.002Z"));

    private final String template;
    private final List<Function<Subject, String>> parts = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    /** @throws IllegalArgumentException with the rest of a sentence about the template if it cannot be used */
    public NameTemplate(String template) {
        this.template = template;
        Matcher token = TOKEN.matcher(template);
        int at = 0;
        while (token.find()) {
            addDate(template.substring(at, token.start()));
            addToken(token);
            at = token.end();
        }
        addDate(template.substring(at));
        LONGEST.forEach(subject -> BlobName.problem(expand(subject)).ifPresent(NameTemplate::refuse));
        Moments.missing(used).ifPresent(NameTemplate::refuse);
    }

    /** What is wrong with a template, as the rest of a sentence; empty if nothing is. */
    public static Optional<String> problem(String template) {
        try {
            new NameTemplate(template);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    public String template() {
        return template;
    }

    /** Whether names tell the cameras apart. */
    public boolean namesTheCamera() {
        return used.contains("{camera}");
    }

    /** The name of one picture. */
    public String expand(Subject subject) {
        StringBuilder name = new StringBuilder();
        parts.forEach(part -> name.append(part.apply(subject)));
        return name.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NameTemplate that && template.equals(that.template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }

    @Override
    public String toString() {
        return template;
    }

    private void addToken(Matcher token) {
        String name = token.group(1);
        Function<Subject, String> value = name == null ? null : TOKENS.get(name);
        if (value == null) {
            throw new IllegalArgumentException((name == null ? "has a lone brace" : "has the unknown {" + name + "}")
                    + "; known are {" + String.join("} {", TOKENS.keySet()) + "}");
        }
        used.add(token.group());
        parts.add(subject -> BlobName.value(value.apply(subject), MAX_VALUE));
    }

    private void addDate(String pattern) {
        Strftime date = new Strftime(pattern);
        date.letters().forEach(letter -> used.add("%" + letter));
        parts.add(subject -> date.format(subject.moment(), UTC));
    }

    private static Subject longest(String moment) {
        String value = "v".repeat(MAX_VALUE);
        return new Subject(
                Instant.parse(moment), value, value, value, Trigger.SCHEDULE, Long.MAX_VALUE, Optional.of(value));
    }

    private static void refuse(String problem) {
        throw new IllegalArgumentException(problem);
    }

    /**
     * What a name can tell of a picture. Texts may hold any characters, and be empty; the name stays fit.
     *
     * @param moment when its frame was captured
     * @param sequence of its frame
     */
    public record Subject(
            Instant moment,
            String camera,
            String device,
            String module,
            Trigger trigger,
            long sequence,
            Optional<String> label) {}
}
