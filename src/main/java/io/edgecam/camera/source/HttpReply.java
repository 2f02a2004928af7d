package io.edgecam.camera.source;

import java.util.List;
import java.util.Map;

/**
 * The head of an answer over HTTP, with its body still to come. For one thread.
 *
 * @param headers by their name in small letters
 */
record HttpReply(int status, Map<String, List<String>> headers, HttpBody body) {
    /** The first header of this name; empty if there is none. */
    String header(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }
}
