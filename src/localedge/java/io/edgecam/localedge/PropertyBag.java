package io.edgecam.localedge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Message properties as they stand at the end of a topic: {@code key=value&key=value}, URL-encoded, system keys beginning
 * with {@code $.}. Immutable.
 */
record PropertyBag(Map<String, String> system, Map<String, String> application) {
    static final PropertyBag EMPTY = new PropertyBag(Map.of(), Map.of());

    static PropertyBag parse(String text) {
        Map<String, String> system = new LinkedHashMap<>();
        Map<String, String> application = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = Identity.decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : Identity.decoded(pair.substring(equals + 1));
            (key.startsWith("$.") ? system : application).put(key, value);
        }
        return new PropertyBag(system, application);
    }

    PropertyBag withSystem(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(system);
        more.put(key, value);
        return new PropertyBag(more, application);
    }

    /** As the edge hub writes it: application properties first, system properties after. */
    String applicationFirst() {
        return text(application, system);
    }

    /** As IoT Hub writes it on cloud-to-device messages. */
    String systemFirst() {
        return text(system, application);
    }

    /** What the hub counts beside the body. */
    int size() {
        return Stream.concat(system.entrySet().stream(), application.entrySet().stream())
                .mapToInt(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
                .sum();
    }

    private static String text(Map<String, String> first, Map<String, String> second) {
        return Stream.concat(first.entrySet().stream(), second.entrySet().stream())
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
