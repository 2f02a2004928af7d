package io.edgecam.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One plain connection: what is written goes out as it is, and what comes back is read by the letter. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket;
    private final InputStream in;

    Wire(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** One request on a connection of its own; each line without its end. */
    static Reading ask(int port, String... lines) throws IOException {
        try (Wire wire = new Wire(port)) {
            return wire.send(lines).read();
        }
    }

    static Reading get(int port, String path, String... headers) throws IOException {
        try (Wire wire = new Wire(port)) {
            return wire.send(head("GET " + path, headers)).read();
        }
    }

    static Reading post(int port, String path, String body, String... headers) throws IOException {
        try (Wire wire = new Wire(port)) {
            String[] all = List.of(headers).toArray(new String[headers.length + 1]);
            all[headers.length] = "Content-Length: " + body.length();
            return wire.send(head("POST " + path, all)).text(body).read();
        }
    }

    static String[] head(String request, String... headers) {
        String[] lines = new String[headers.length + 2];
        lines[0] = request + " HTTP/1.1";
        lines[1] = "Host: localhost";
        System.arraycopy(headers, 0, lines, 2, headers.length);
        return lines;
    }

    Wire send(String... lines) throws IOException {
        return text(String.join("\r\n", lines) + "\r\n\r\n");
    }

    Wire text(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** A whole answer; its body as long as it says. */
    Reading read() throws IOException {
        Reading head = readHead();
        String length = head.headers().getOrDefault("content-length", "0");
        return new Reading(head.status(), head.headers(), bytes(Integer.parseInt(length)));
    }

    Reading readHead() throws IOException {
        String status = line();
        Map<String, String> headers = headers();
        return new Reading(Integer.parseInt(status.substring(9, 12)), headers, "");
    }

    /** The headers and picture of one part of a stream, up to the end of the picture. */
    Reading readPart() throws IOException {
        String boundary = line();
        if (boundary.isEmpty()) {
            boundary = line();
        }
        if (!boundary.equals("--frame")) {
            throw new IOException("a boundary was expected, not " + boundary);
        }
        Map<String, String> headers = headers();
        return new Reading(0, headers, bytes(Integer.parseInt(headers.getOrDefault("content-length", "-1"))));
    }

    String line() throws IOException {
        if (Thread.interrupted()) {
            throw new InterruptedIOException("the test took too long");
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    /** True if the other end closes the connection; what comes before that is thrown away. */
    boolean isClosedByServer() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length != count) {
            throw new EOFException("only " + bytes.length + " of " + count + " bytes came");
        }
        return new String(bytes, ISO_8859_1);
    }

    /** What came back; a character of the body for each byte. */
    record Reading(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        String text() {
            return new String(bytes(), UTF_8);
        }

        byte[] bytes() {
            return body.getBytes(ISO_8859_1);
        }

        JsonObject json() {
            return JsonParser.parseString(text()).getAsJsonObject();
        }

        JsonObject error() {
            return json().getAsJsonObject("error");
        }

        String errorCode() {
            return error().get("code").getAsString();
        }

        String errorMessage() {
            return error().get("message").getAsString();
        }
    }
}
