package io.edgecam.web;

import io.edgecam.camera.Cameras;
import io.undertow.server.HttpServerExchange;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request asks for behind the question mark. */
final class Query {
    static final int USUAL_LIMIT = 20;
    static final int MAX_LIMIT = 100;

    private static final Pattern CAMERA = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private Query() {}

    /** The camera that is named; empty if none is. */
    static Optional<String> camera(HttpServerExchange exchange) throws RefusedException {
        Optional<String> name = first(exchange, "camera");
        if (name.isPresent() && !CAMERA.matcher(name.get()).matches()) {
            throw new RefusedException(
                    404,
                    "UnknownCamera",
                    "that is no name of a camera: a letter, then at most 31 letters, digits or _");
        }
        return name;
    }

    /** The camera that is named, or the only one there is. */
    static String camera(HttpServerExchange exchange, Cameras cameras) throws RefusedException {
        var names = cameras.all().keySet();
        Optional<String> asked = camera(exchange);
        if (asked.isEmpty() && names.size() > 1) {
            throw new RefusedException(
                    400,
                    "BadRequest",
                    "say which camera, as in ?camera=" + names.iterator().next() + "; there are "
                            + String.join(", ", names));
        }
        return known(asked.orElseGet(() -> names.stream().findFirst().orElse("")), cameras);
    }

    /** The name, if there is such a camera. */
    static String known(String name, Cameras cameras) throws RefusedException {
        var names = cameras.all().keySet();
        if (names.isEmpty()) {
            throw new RefusedException(
                    404, "UnknownCamera", "there is no camera yet: name one under cameras in the settings");
        }
        if (!names.contains(name)) {
            throw new RefusedException(
                    404, "UnknownCamera", "there is no camera " + name + "; there are " + String.join(", ", names));
        }
        return name;
    }

    /** Whether the stamp is wanted; it is unless {@code stamp=off} is said. */
    static boolean stamped(HttpServerExchange exchange) throws RefusedException {
        String stamp = first(exchange, "stamp").orElse("on");
        if (!stamp.equals("on") && !stamp.equals("off")) {
            throw new RefusedException(400, "BadRequest", "stamp must be on or off; off leaves the stamp out");
        }
        return stamp.equals("on");
    }

    static int limit(HttpServerExchange exchange) throws RefusedException {
        Optional<String> text = first(exchange, "limit");
        if (text.isEmpty()) {
            return USUAL_LIMIT;
        }
        int limit = NUMBER.matcher(text.get()).matches() ? Integer.parseInt(text.get()) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new RefusedException(400, "BadRequest", "limit must be a whole number from 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    private static Optional<String> first(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return Optional.ofNullable(values).map(Deque::peekFirst).filter(value -> !value.isEmpty());
    }
}
