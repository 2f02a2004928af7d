package io.edgecam.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics, read by the rules of those who collect them on an edge device. The IoT Edge metrics collector 1.3
 * drops a line with an infinite value, with anything behind the value but a time, or with a label that is not quoted and
 * escaped as Prometheus has it; edgeAgent's own parser knows no empty label value, and none with a comma, an equals sign or
 * a quote in it. A line that either would drop is an error here.
 */
public final class Scrape {
    public static final List<String> LABELS_OF_ALL = List.of("iothub", "edge_device", "instance_number", "module_name");

    private static final Pattern LINE =
            Pattern.compile("(?<name>[A-Za-z_:][A-Za-z0-9_:]*)\\{(?<labels>.*)} (?<value>[0-9.eE+-]+)");
    private static final Pattern LABEL =
            Pattern.compile("\\G,?(?<name>[A-Za-z_][A-Za-z0-9_]*)=\"(?<value>[^\"\\\\,=]+)\"");
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-z_]+) (.+)");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Map<Map<String, String>, Double>> samples = new LinkedHashMap<>();

    private Scrape() {}

    public static Scrape of(String text) {
        Scrape scrape = new Scrape();
        assertThat(text).endsWith("\n");
        text.lines().forEach(scrape::read);
        return scrape;
    }

    /** Names of families, in order. */
    public Set<String> families() {
        return types.keySet();
    }

    public String type(String family) {
        return types.getOrDefault(family, "");
    }

    /** The value of the one sample with these labels, beside those that all have; {@code name, value, name, value …}. */
    public double value(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        Double value = samples.getOrDefault(name, Map.of()).get(wanted);
        assertThat(value).as("%s%s in %s", name, wanted, samples.get(name)).isNotNull();
        return Objects.requireNonNull(value);
    }

    /** All samples of a name by their own labels. */
    public Map<Map<String, String>, Double> all(String name) {
        return samples.getOrDefault(name, Map.of());
    }

    private void read(String line) {
        if (line.startsWith("#")) {
            Matcher comment = COMMENT.matcher(line);
            assertThat(comment.matches()).as(line).isTrue();
            if (comment.group(1).equals("TYPE")) {
                assertThat(types.put(comment.group(2), comment.group(3)))
                        .as(line)
                        .isNull();
            }
            return;
        }
        Matcher sample = LINE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String family = new LinkedHashSet<>(types.keySet())
                .stream().reduce((first, second) -> second).orElseThrow();
        assertThat(sample.group("name")).as("stands with its family").startsWith(family);
        Map<String, String> labels = labels(sample.group("labels"), line);
        assertThat(labels).as(line).containsKeys(LABELS_OF_ALL.toArray(String[]::new));
        labels.keySet().removeAll(LABELS_OF_ALL);
        double value = Double.parseDouble(sample.group("value"));
        assertThat(value).as(line).isFinite();
        assertThat(samples.computeIfAbsent(sample.group("name"), absent -> new LinkedHashMap<>())
                        .put(labels, value))
                .as("twice: " + line)
                .isNull();
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find()) {
            assertThat(labels.put(label.group("name"), label.group("value")))
                    .as(line)
                    .isNull();
            end = label.end();
        }
        assertThat(end).as("all labels of " + line).isEqualTo(text.length());
        return labels;
    }
}
