package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reads what a program says to its end and keeps the last lines, however much that is and however long the lines are.
 * One thread reads; any number of threads may look.
 */
final class LastLines {
    private static final int LINES = 40;
    private static final int LONGEST = 500;

    private final InputStream in;
    private final UnaryOperator<String> redaction;
    private final Deque<String> lines = new ArrayDeque<>();

    /** @param redaction takes the secrets out of a line before it is kept */
    LastLines(InputStream in, UnaryOperator<String> redaction) {
        this.in = in;
        this.redaction = redaction;
    }

    /** Reads until the other side has ended; returns also if it is cut off. */
    void readAll() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] chunk = new byte[4096];
        try {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                for (int i = 0; i < count; i++) {
                    if (chunk[i] == '\n' || chunk[i] == '\r') {
                        keep(line);
                    } else if (line.size() < LONGEST) {
                        line.write(chunk[i]);
                    }
                }
            }
        } catch (IOException cutOff) {
            // what was said until now is all there is
        }
        keep(line);
    }

    /** What was said last, oldest line first. */
    List<String> all() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    private void keep(ByteArrayOutputStream line) {
        String text = printable(redaction.apply(line.toString(UTF_8)));
        line.reset();
        if (text.isEmpty()) {
            return;
        }
        synchronized (lines) {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.addLast(text);
        }
    }

    private static String printable(String text) {
        return text.codePoints()
                .filter(point -> !Character.isISOControl(point) && point != 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
