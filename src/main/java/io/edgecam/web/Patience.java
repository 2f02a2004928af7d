package io.edgecam.web;

import java.time.Duration;

/**
 * How long others may take.
 *
 * @param idle for a connection to ask its next question, or its first; the handshake of an encrypted one is within it
 * @param head for a request up to its body
 * @param body for the body of a request
 * @param part for one picture of a stream; whoever reads slower than that has stopped reading
 * @param silence without a new picture before viewers are sent away, to come back when they like
 */
record Patience(Duration idle, Duration head, Duration body, Duration part, Duration silence) {
    static final Patience USUAL = new Patience(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15));
}
