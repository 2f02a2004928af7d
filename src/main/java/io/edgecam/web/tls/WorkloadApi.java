package io.edgecam.web.tls;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the IoT Edge runtime for a server certificate, and for the next one before that ends
 * ({@code POST /modules/{id}/genid/{generation}/certificate/server} of the workload API). For one thread.
 */
final class WorkloadApi implements CertificateSource {
    private static final String VERSION = "2018-06-28";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 256 * 1024;
    /** What a gateway may have behind its name, such as a port, is no part of a certificate. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private static final Pattern ANSWER =
            Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) .*?\\r\\n\\r\\n(.*)", Pattern.DOTALL);

    private final URI address;
    private final String path;
    private final String commonName;
    private Optional<Instant> renewAt = Optional.empty();

    /** @throws IllegalArgumentException if the environment is not that of an IoT Edge module, with the fix */
    WorkloadApi(Map<String, String> environment) {
        this.address = URI.create(required(environment, "IOTEDGE_WORKLOADURI"));
        this.path = "/modules/" + encoded(required(environment, "IOTEDGE_MODULEID")) + "/genid/"
                + encoded(required(environment, "IOTEDGE_MODULEGENERATIONID")) + "/certificate/server?api-version="
                + VERSION;
        String gateway = environment.getOrDefault("IOTEDGE_GATEWAYHOSTNAME", "");
        Matcher name = NAME.matcher(gateway);
        this.commonName = name.lookingAt() ? name.group() : required(environment, "IOTEDGE_MODULEID");
    }

    @Override
    public Optional<ServerCertificate> next(Instant now) throws UnusableException, InterruptedException {
        if (renewAt.filter(now::isBefore).isPresent()) {
            return Optional.empty();
        }
        JsonObject wish = new JsonObject();
        wish.addProperty("commonName", commonName);
        JsonObject answer = ask(wish.toString());
        String place = "what the workload API gave";
        ServerCertificate certificate =
                ServerCertificate.of(text(answer, "certificate"), place, text(part(answer), "bytes"), place);
        renewAt = Optional.of(certificate.renewAt());
        return Optional.of(certificate);
    }

    @Override
    public String word() {
        return "iotedge";
    }

    private JsonObject ask(String body) throws UnusableException, InterruptedException {
        try {
            Matcher answer = ANSWER.matcher(exchange(request(body)));
            if (!answer.matches()) {
                throw new UnusableException("the workload API at " + address + " gave an answer that is no HTTP");
            }
            if (!answer.group(1).startsWith("2")) {
                throw new UnusableException("the workload API at " + address + " refused a server certificate, status "
                        + answer.group(1) + ": " + message(answer.group(2)));
            }
            return Json.parseObject(answer.group(2));
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            throw new UnusableException("the workload API at " + address + " does not answer: " + e.getMessage()
                    + "; is the socket mounted, and iotedge running (iotedge system status)?");
        } catch (JsonException e) {
            throw new UnusableException("the workload API at " + address + " gave an answer that " + e.getMessage());
        }
    }

    private String request(String body) {
        return "POST " + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Writes the request at once, as the daemon wants it, and reads to the end; the daemon's answers are not in chunks. */
    private String exchange(String request) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (SocketChannel channel = open();
                Selector selector = Selector.open()) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
            for (int read = 0; read >= 0 && answer.size() < MAX_BYTES; read = channel.read(buffer.clear())) {
                answer.write(buffer.array(), 0, read);
                selector.selectedKeys().clear();
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || selector.select(left) == 0) {
                    throw new IOException("no whole answer in " + PATIENCE.toSeconds() + " s");
                }
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private SocketChannel open() throws IOException {
        boolean local = "unix".equals(address.getScheme());
        SocketAddress place = local
                ? UnixDomainSocketAddress.of(address.getPath())
                : new InetSocketAddress(address.getHost(), address.getPort());
        SocketChannel channel = local ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.connect(place);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException refused ? refused : new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private JsonObject part(JsonObject answer) throws UnusableException {
        if (answer.get("privateKey") instanceof JsonObject key) {
            return key;
        }
        throw new UnusableException("the workload API at " + address + " gave no privateKey");
    }

    private String text(JsonObject object, String name) throws UnusableException {
        JsonElement value = object.get(name);
        if (value == null || !value.isJsonPrimitive()) {
            throw new UnusableException("the workload API at " + address + " gave no " + name);
        }
        return value.getAsString();
    }

    private static String message(String body) {
        try {
            JsonElement message = Json.parseObject(body).get("message");
            return message == null ? "no reason given" : message.toString();
        } catch (JsonException e) {
            return "no reason given";
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("EDGECAM_TLS is iotedge, but " + name + " is missing, which the IoT Edge"
                    + " runtime sets; elsewhere use EDGECAM_TLS_CERTIFICATE and EDGECAM_TLS_KEY");
        }
        return value;
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
