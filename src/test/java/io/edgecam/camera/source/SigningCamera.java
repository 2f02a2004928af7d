package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network camera that gives a snapshot to who signs with Digest, computes each signature itself, takes no count twice,
 * and takes a nonce only so many times.
 */
final class SigningCamera implements AutoCloseable {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\\s]+))");

    private final HttpServer server;
    private final byte[] picture;
    private final String algorithm;
    private final String offer;
    private final int usesPerNonce;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private int nonces;
    private long lastCount;
    private int uses;

    /** @param offer what its demand has besides realm and nonce, or instead */
    SigningCamera(byte[] picture, String algorithm, int usesPerNonce, String offer) throws IOException {
        this.picture = picture.clone();
        this.algorithm = algorithm;
        this.offer = offer;
        this.usesPerNonce = usesPerNonce;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** What it said to each request: ok, first, stale, or why it refused. */
    List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String verdict = verdict(exchange);
            log.add(verdict);
            if (verdict.equals("ok")) {
                exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
                exchange.sendResponseHeaders(200, picture.length);
                exchange.getResponseBody().write(picture);
                return;
            }
            nonces++;
            uses = 0;
            lastCount = 0;
            String stale = verdict.equals("stale") ? ", stale=TRUE" : "";
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"an old way\"");
            exchange.getResponseHeaders()
                    .add("WWW-Authenticate", "Digest realm=\"a cam\", nonce=\"" + nonce() + "\"" + offer + stale);
            exchange.sendResponseHeaders(401, -1);
        }
    }

    private String nonce() {
        return "n/" + nonces + "==";
    }

    private String verdict(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) {
            return "first";
        }
        Map<String, String> said = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            said.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
        }
        String uri = exchange.getRequestURI().toString();
        if (!header.startsWith("Digest ") || !uri.equals(said.get("uri"))) {
            return "wrong form " + header;
        }
        if (offer.contains("opaque") && !offer.contains("opaque=\"" + said.get("opaque") + "\"")) {
            return "opaque is not the one that was given";
        }
        boolean counts = offer.contains("qop");
        String middle = counts ? said.get("nc") + ":" + said.get("cnonce") + ":auth:" : "";
        String expected = hash(hash("user \"x\":a cam:pass:word") + ":" + said.get("nonce") + ":" + middle
                + hash(exchange.getRequestMethod() + ":" + uri));
        if (!expected.equals(said.get("response")) || !"user \\\"x\\\"".equals(said.get("username"))) {
            return "wrong password";
        }
        if (!nonce().equals(said.get("nonce")) || ++uses > usesPerNonce) {
            return "stale";
        }
        if (counts && Long.parseLong(said.getOrDefault("nc", "0"), 16) <= lastCount) {
            return "a count that came before";
        }
        lastCount = counts ? Long.parseLong(said.getOrDefault("nc", "0"), 16) : 0;
        return "ok";
    }

    private String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
