package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A network camera that speaks RTSP (RFC 2326) on a real socket and sends RTP over the same connection. It shows the
 * pictures of the test camera, which a real ffmpeg makes RTP packets of, as H.264 or as JPEG (RFC 2435).
 */
public final class RtspServer implements AutoCloseable {
    static final int WIDTH = 320;
    static final int HEIGHT = 240;

    private static final List<String> H264 = List.of(
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-tune",
            "zerolatency",
            "-pix_fmt",
            "yuv420p",
            "-g",
            "10",
            "-b:v",
            "2M",
            "-threads",
            "1",
            "-flags",
            "+global_header");
    private static final String REALM = "edgecam test";
    private static final String NONCE = "0123456789abcdef";

    /** How the camera wants to be signed in to. */
    enum SignIn {
        NONE,
        BASIC,
        DIGEST
    }

    private final SignIn signIn;
    private final String username;
    private final String password;
    private final DatagramSocket packets = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Process encoder;
    private final String description;
    private final Set<Peer> playing = ConcurrentHashMap.newKeySet();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Map<Long, byte[]> pictures = new ConcurrentHashMap<>();
    private final int port;
    private volatile ServerSocket door;
    private volatile boolean stalled;
    private volatile boolean over;

    /** One that plays, on an output that two threads write to. */
    private record Peer(OutputStream out) {
        synchronized void write(byte[] bytes, int length) throws IOException {
            out.write(bytes, 0, length);
            out.flush();
        }
    }

    private RtspServer(SignIn signIn, String username, String password, DeviceSettings scene, List<String> codec)
            throws IOException {
        this.signIn = signIn;
        this.username = username;
        this.password = password;
        packets.setReceiveBufferSize(4 << 20);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error"));
        command.addAll(List.of("-fflags", "nobuffer", "-probesize", "32", "-analyzeduration", "0"));
        command.addAll(List.of("-use_wallclock_as_timestamps", "1", "-f", "mjpeg", "-i", "pipe:0"));
        command.addAll(codec);
        command.addAll(List.of("-fps_mode", "passthrough", "-flush_packets", "1", "-f", "rtp"));
        command.add("rtp://127.0.0.1:" + packets.getLocalPort() + "?pkt_size=1400");
        encoder = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        start("rtsp-pictures", () -> draw(encoder.getOutputStream(), scene));
        description = description(encoder.getInputStream());
        start("rtsp-packets", this::relay);
        door = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        port = door.getLocalPort();
        start("rtsp-door", () -> serve(door));
    }

    public static RtspServer h264(int framerate) throws IOException {
        return h264(SignIn.NONE, "", "", framerate);
    }

    static RtspServer h264(SignIn signIn, String username, String password, int framerate) throws IOException {
        return new RtspServer(signIn, username, password, scene(WIDTH, HEIGHT, framerate), H264);
    }

    public static RtspServer jpeg(int framerate) throws IOException {
        return new RtspServer(SignIn.NONE, "", "", scene(WIDTH, HEIGHT, framerate), List.of("-c:v", "copy"));
    }

    /** A large one, to measure with. */
    static RtspServer large(boolean jpeg, int width, int height, int framerate) throws IOException {
        List<String> codec = jpeg ? List.of("-c:v", "copy") : H264;
        return new RtspServer(SignIn.NONE, "", "", scene(width, height, framerate), codec);
    }

    private static DeviceSettings scene(int width, int height, int framerate) {
        return SourceSettings.of(Kind.TEST, "", width, height, framerate);
    }

    public String address() {
        return "rtsp://127.0.0.1:" + port + "/live";
    }

    /** The first lines of all requests until now. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The picture of this number, as it was drawn. */
    byte[] picture(long number) {
        return Optional.ofNullable(pictures.get(number)).orElseThrow();
    }

    /** Sends nothing more, but keeps the connections. */
    void stall() {
        stalled = true;
    }

    void resume() {
        stalled = false;
    }

    /** Loses its connections and refuses new ones. */
    public void leave() throws IOException {
        door.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    public void comeBack() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20);
        door = again;
        start("rtsp-door", () -> serve(again));
    }

    @Override
    public void close() throws IOException {
        over = true;
        leave();
        encoder.destroyForcibly().onExit().join();
        packets.close();
    }

    private void draw(OutputStream out, DeviceSettings scene) throws IOException, InterruptedException {
        try (out;
                FrameSource scenes =
                        new Sources(InstantSource.system()).apply(scene).open()) {
            for (long number = 0; !over; number++) {
                byte[] picture = scenes.next().image().toBytes();
                pictures.put(number, picture);
                out.write(picture);
                out.flush();
            }
        }
    }

    /** What ffmpeg prints of its packets (RFC 4566), without port and with a name for the track. */
    private static String description(InputStream in) throws IOException {
        StringBuilder description = new StringBuilder();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            if (!line.startsWith("SDP:")) {
                description
                        .append(line.replaceFirst("^m=video \\d+", "m=video 0"))
                        .append("\r\n");
            }
        }
        return description.append("a=control:track1\r\n").toString();
    }

    /** Each packet behind a dollar sign, a channel and its length (RFC 2326, 10.12). */
    private void relay() throws IOException {
        byte[] framed = new byte[64 * 1024];
        framed[0] = '$';
        DatagramPacket packet = new DatagramPacket(framed, 4, framed.length - 4);
        while (!over) {
            packet.setData(framed, 4, framed.length - 4);
            packets.receive(packet);
            framed[2] = (byte) (packet.getLength() >> 8);
            framed[3] = (byte) packet.getLength();
            playing.removeIf(peer -> !send(peer, framed, packet.getLength() + 4));
        }
    }

    /** Whether the peer is still there. */
    private boolean send(Peer peer, byte[] framed, int length) {
        try {
            if (!stalled) {
                peer.write(framed, length);
            }
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private void serve(ServerSocket at) throws IOException {
        while (!at.isClosed()) {
            Socket connection = at.accept();
            connection.setTcpNoDelay(true);
            connections.add(connection);
            start("rtsp-peer", () -> answer(connection));
        }
    }

    private void answer(Socket connection) throws IOException {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            Peer peer = new Peer(connection.getOutputStream());
            for (List<String> request = request(in); !request.isEmpty(); request = request(in)) {
                byte[] answer = answer(request).getBytes(UTF_8);
                peer.write(answer, answer.length);
                if (request.get(0).startsWith("PLAY")) {
                    playing.add(peer);
                }
            }
        } finally {
            connections.remove(connection);
        }
    }

    /** The lines of the next request; none at the end. Packets from the other side are passed over. */
    private static List<String> request(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return List.of();
            }
            if (next == '$' && head.size() == 0) {
                in.skipNBytes(1);
                in.skipNBytes((in.read() << 8) + in.read());
            } else {
                head.write(next);
            }
        }
        return Arrays.asList(head.toString(UTF_8).strip().split("\r\n", -1));
    }

    private String answer(List<String> request) {
        String line = request.get(0);
        requests.add(line);
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.stream()
                .skip(1)
                .map(field -> field.split(": *", 2))
                .forEach(field -> fields.put(field[0], field[1].strip()));
        String method = line.substring(0, line.indexOf(' '));
        String url = line.split(" ", 3)[1];
        String body = "";
        String status = "200 OK";
        String more = "Session: 4711;timeout=60\r\n";
        if (!method.equals("OPTIONS") && !isSignedIn(method, fields.getOrDefault("Authorization", ""))) {
            status = "401 Unauthorized";
            more = "WWW-Authenticate: "
                    + (signIn == SignIn.BASIC
                            ? "Basic realm=\"" + REALM + "\""
                            : "Digest realm=\"" + REALM + "\", nonce=\"" + NONCE + "\"")
                    + "\r\n";
        } else if (!url.contains("/live")) {
            status = "404 Not Found";
        } else if (method.equals("OPTIONS")) {
            more = "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n";
        } else if (method.equals("DESCRIBE")) {
            body = description;
            more = "Content-Base: " + url + "/\r\nContent-Type: application/sdp\r\n";
        } else if (method.equals("SETUP")
                && !fields.getOrDefault("Transport", "").contains("RTP/AVP/TCP")) {
            status = "461 Unsupported Transport";
        } else if (method.equals("SETUP")) {
            more += "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n";
        }
        return "RTSP/1.0 " + status + "\r\nCSeq: " + fields.get("CSeq") + "\r\n" + more + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    /** RFC 7617; RFC 2069 with MD5. */
    private boolean isSignedIn(String method, String authorization) {
        if (signIn == SignIn.NONE) {
            return true;
        }
        if (signIn == SignIn.BASIC) {
            String pair = username + ":" + password;
            return authorization.equals("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
        }
        Map<String, String> parts = new TreeMap<>();
        Arrays.stream(authorization.replaceFirst("^Digest ", "").split(", *", -1))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .forEach(part -> parts.put(part[0].strip(), part[1].replace("\"", "")));
        String secret = md5(username + ":" + REALM + ":" + password);
        String wanted = md5(secret + ":" + NONCE + ":" + md5(method + ":" + parts.get("uri")));
        return username.equals(parts.get("username")) && wanted.equals(parts.get("response"));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private interface Job {
        void run() throws IOException, InterruptedException;
    }

    /** Runs until a socket or a pipe is closed under it. */
    private static void start(String name, Job job) {
        Thread thread = new Thread(
                () -> {
                    try {
                        job.run();
                    } catch (EOFException | java.net.SocketException closed) {
                        // this is how it ends
                    } catch (IOException | InterruptedException closed) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
