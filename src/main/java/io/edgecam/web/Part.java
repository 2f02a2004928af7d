package io.edgecam.web;

import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One picture of a live view, ready for the wire and shared by all its viewers. Made by the broadcast's thread, then for
 * the I/O thread alone.
 *
 * <p>In a stream the boundary of the next part comes directly behind the picture: browsers show a picture only when they
 * have seen that it is over.
 */
final class Part {
    static final String CONTENT_TYPE = "multipart/x-mixed-replace; boundary=frame";

    private static final ByteBuffer START = ascii("--frame\r\n");
    private static final ByteBuffer NEXT = ascii("\r\n--frame\r\n");

    private final long capturedNanos;
    private final ByteBuffer head;
    private final ByteBuffer picture;
    /** By the index of the camera; all viewers of all cameras have the same one. */
    private final Map<Integer, ByteBuffer> messages = new TreeMap<>();

    private Part(long capturedNanos, ByteBuffer head, ByteBuffer picture) {
        this.capturedNanos = capturedNanos;
        this.head = head;
        this.picture = picture;
    }

    static Part of(Frame frame, Jpeg picture) {
        String head = "Content-Type: image/jpeg\r\nContent-Length: " + picture.length() + "\r\nX-Timestamp: "
                + Moment.text(frame.capturedAt()) + "\r\n\r\n";
        return new Part(frame.capturedNanos(), ascii(head), picture.buffer());
    }

    /** What begins a stream. */
    static ByteBuffer[] start() {
        return new ByteBuffer[] {START.duplicate()};
    }

    /** The bytes for one viewer of a stream; shared, only the positions are its own. */
    ByteBuffer[] bytes() {
        return new ByteBuffer[] {head.duplicate(), picture.duplicate(), NEXT.duplicate()};
    }

    /** The message of a WebSocket for one viewer; shared, only the position is its own. */
    ByteBuffer message(int index) {
        return messages.computeIfAbsent(index, this::indexed).duplicate();
    }

    /** How old the picture is by now. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - capturedNanos);
    }

    private ByteBuffer indexed(int index) {
        return ByteBuffer.allocate(1 + picture.remaining())
                .put((byte) index)
                .put(picture.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
    }
}
