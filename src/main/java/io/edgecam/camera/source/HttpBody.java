package io.edgecam.camera.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The body of an answer over HTTP/1.1 (RFC 9112, 6 and 7.1): of an announced length, in chunks, or whatever comes until the
 * camera hangs up. For one thread.
 */
final class HttpBody extends InputStream {
    private static final int LONGEST_LINES = 8 * 1024;
    private static final long UNTIL_THE_END = -1;

    private final InputStream in;
    private final boolean chunked;
    private final boolean endIsKnown;
    /** Bytes still to come, of this chunk or of all. */
    private long left;

    private boolean ended;
    private boolean begun;

    HttpBody(InputStream in, int status, Map<String, List<String>> headers) throws IOException {
        this.in = in;
        chunked = headers.getOrDefault("transfer-encoding", List.of()).stream()
                .anyMatch(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"));
        List<String> lengths = headers.getOrDefault("content-length", List.of());
        boolean empty = status < 200 || status == 204 || status == 304;
        left = chunked || empty ? 0 : lengths.isEmpty() ? UNTIL_THE_END : number(lengths.get(0), 10);
        ended = left == 0 && !chunked;
        endIsKnown = left != UNTIL_THE_END;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (chunked && left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(bytes, offset, endIsKnown ? (int) Math.min(length, left) : length);
        if (count < 0 && endIsKnown) {
            throw new EOFException("hung up before it had sent what it announced");
        }
        if (endIsKnown) {
            left -= count;
        }
        ended = count < 0 || (left == 0 && !chunked);
        return count;
    }

    /** Takes what is left if it is already here; whether that was all, and the connection is free for another answer. */
    boolean finish() throws IOException {
        byte[] rest = new byte[1024];
        for (int i = 0; i < 16 && !ended && in.available() > 0; i++) {
            if (read(rest, 0, rest.length) < 0) {
                return endIsKnown;
            }
        }
        return ended && endIsKnown;
    }

    private void nextChunk() throws IOException {
        int[] allowed = {LONGEST_LINES};
        if (begun) {
            HttpConnection.line(in, allowed);
        }
        begun = true;
        left = number(HttpConnection.line(in, allowed).split(";", 2)[0].strip(), 16);
        if (left == 0) {
            ended = true;
            while (!HttpConnection.line(in, allowed).isEmpty()) {
                // the trailer says nothing of use
            }
        }
    }

    private static long number(String text, int radix) throws IOException {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("announces a length that is no number", e);
        }
        throw new IOException("announces a length below zero");
    }
}
