package io.edgecam.metrics;

import io.edgecam.picture.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labels that every line has, called as the runtime's own modules call theirs, so that one query finds both. Immutable,
 * for any number of threads.
 */
public final class Labels {
    /** In the order in which {@code Dialer} looks for a hub. */
    private static final List<String> CONNECTION_STRINGS =
            List.of("EdgeHubConnectionString", "IotHubConnectionString", "CONNECTION_STRING");

    private static final Pattern HOST_NAME = Pattern.compile("(?:^|;)\\s*HostName\\s*=\\s*([^;\\s]+)");
    /** edgeAgent's own parser of metrics knows no empty value. */
    private static final String NOTHING = "none";

    private final String text;

    private Labels(Map<String, String> labels) {
        this.text = written(labels);
    }

    /** The labels of this run; the instance is a new one each time, as all counters begin anew. */
    public static Labels of(Map<String, String> environment, Identity identity) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("iothub", named(hub(environment)));
        labels.put("edge_device", named(identity.device()));
        labels.put("instance_number", UUID.randomUUID().toString());
        labels.put("module_name", named(identity.module()));
        return new Labels(labels);
    }

    /** These and more, between braces. */
    String with(Map<String, String> more) {
        return "{" + text + (more.isEmpty() ? "" : "," + written(more)) + "}";
    }

    private static String hub(Map<String, String> environment) {
        for (String variable : CONNECTION_STRINGS) {
            Matcher host = HOST_NAME.matcher(environment.getOrDefault(variable, ""));
            boolean edgeGoesFirst = variable.equals("CONNECTION_STRING")
                    && !environment.getOrDefault("IOTEDGE_WORKLOADURI", "").isBlank();
            if (host.find() && !edgeGoesFirst) {
                return host.group(1);
            }
        }
        return environment.getOrDefault("IOTEDGE_IOTHUBHOSTNAME", "");
    }

    private static String named(String name) {
        return name.isBlank() ? NOTHING : name;
    }

    private static String written(Map<String, String> labels) {
        StringBuilder written = new StringBuilder();
        labels.forEach((name, value) -> written.append(written.isEmpty() ? "" : ",")
                .append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"'));
        return written.toString();
    }
}
