package io.edgecam.web;

import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One picture of a stream, ready for the wire and shared by all its viewers. The boundary of the next part comes directly
 * behind the picture: browsers show a picture only when they have seen that it is over.
 */
record Part(long sequence, long capturedNanos, ByteBuffer head, ByteBuffer picture) {
    static final String CONTENT_TYPE = "multipart/x-mixed-replace; boundary=frame";

    private static final ByteBuffer START = ascii("--frame\r\n");
    private static final ByteBuffer NEXT = ascii("\r\n--frame\r\n");

    static Part of(Frame frame, Jpeg picture) {
        String head = "Content-Type: image/jpeg\r\nContent-Length: " + picture.length() + "\r\nX-Timestamp: "
                + Moment.text(frame.capturedAt()) + "\r\n\r\n";
        return new Part(frame.sequence(), frame.capturedNanos(), ascii(head), picture.buffer());
    }

    /** What begins a stream. */
    static ByteBuffer[] start() {
        return new ByteBuffer[] {START.duplicate()};
    }

    /** The bytes for one viewer; shared, only the positions are its own. */
    ByteBuffer[] bytes() {
        return new ByteBuffer[] {head.duplicate(), picture.duplicate(), NEXT.duplicate()};
    }

    /** How old the picture is by now. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - capturedNanos);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
    }
}
