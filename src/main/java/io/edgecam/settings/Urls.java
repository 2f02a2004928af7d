package io.edgecam.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Parses URLs without the exception that repeats them, for they may hold a password. For any number of threads. */
final class Urls {
    private Urls() {}

    static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException repeatsTheText) {
            return Optional.empty();
        }
    }
}
