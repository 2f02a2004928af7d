package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection to a network camera, and as much of HTTP/1.1 (RFC 9112) as a camera needs. It is here, and not the
 * client of Java 17, as that one leaves a connection open for ever when an answer is no HTTP. For one thread; an interrupt
 * of that thread or {@link #close} from any other ends whatever it waits for.
 */
final class HttpConnection implements AutoCloseable {
    private static final int LONGEST_HEADER = 64 * 1024;

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private Optional<HttpBody> body = Optional.empty();
    private boolean stays;

    /** @param patience for connecting, and later for each byte */
    HttpConnection(URI to, InetAddress address, SSLSocketFactory secure, Duration patience) throws IOException {
        channel = SocketChannel.open();
        try {
            Socket socket = channel.socket();
            int millis = (int) patience.toMillis();
            socket.connect(new InetSocketAddress(address, port(to)), millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            if (isSecure(to)) {
                socket = secured(socket, to, secure);
            }
            in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            out = socket.getOutputStream();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @param signature the value of the header Authorization */
    HttpReply get(URI to, Optional<String> signature) throws IOException {
        String host = to.getHost() + (to.getPort() < 0 ? "" : ":" + to.getPort());
        String request = "GET " + target(to) + " HTTP/1.1\r\nHost: " + host
                + "\r\nUser-Agent: edgecam\r\nAccept: */*\r\n"
                + signature.map(value -> "Authorization: " + value + "\r\n").orElse("") + "\r\n";
        out.write(request.getBytes(UTF_8));
        out.flush();
        HttpReply reply = head();
        while (reply.status() < 200) {
            reply = head();
        }
        body = Optional.of(reply.body());
        stays = !reply.header("connection").toLowerCase(Locale.ROOT).contains("close");
        return reply;
    }

    /** Whether the last answer is over and another one can be asked for. */
    boolean isFree() throws IOException {
        return stays && channel.isOpen() && body.isPresent() && body.get().finish();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            stays = false;
        }
    }

    /** What stands in the first line of a request; also what Digest signs. */
    static String target(URI to) {
        URI plain = URI.create(to.toASCIIString());
        String path = plain.getRawPath().isEmpty() ? "/" : plain.getRawPath();
        return plain.getRawQuery() == null ? path : path + "?" + plain.getRawQuery();
    }

    static int port(URI to) {
        return to.getPort() >= 0 ? to.getPort() : isSecure(to) ? 443 : 80;
    }

    static boolean isSecure(URI to) {
        return "https".equalsIgnoreCase(to.getScheme());
    }

    private static Socket secured(Socket plain, URI to, SSLSocketFactory secure) throws IOException {
        SSLSocket socket = (SSLSocket) secure.createSocket(plain, to.getHost(), port(to), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private HttpReply head() throws IOException {
        int[] left = {LONGEST_HEADER};
        String[] first = line(in, left).split(" ", 3);
        boolean known = first.length >= 2 && first[0].startsWith("HTTP/1.") && first[1].matches("[1-5]\\d\\d");
        if (!known) {
            throw new IOException("does not speak HTTP: its answer does not begin with HTTP/1 and a status");
        }
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
                headers.computeIfAbsent(name, absent -> new ArrayList<>())
                        .add(line.substring(colon + 1).trim());
            }
        }
        int status = Integer.parseInt(first[1]);
        return new HttpReply(status, headers, new HttpBody(in, status, headers));
    }

    /** One line without its end; {@code left} counts down the bytes that may still come. */
    static String line(InputStream in, int[] left) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("hung up in the middle of its answer");
            }
            if (--left[0] < 0) {
                throw new IOException("sent a header of more than " + LONGEST_HEADER + " bytes");
            }
            line.write(next);
        }
        return line.toString(UTF_8).stripTrailing();
    }
}
