package io.edgecam.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.camera.source.BarCode;
import io.edgecam.camera.source.RtspServer;
import io.edgecam.localedge.Azurite;
import io.edgecam.localedge.LocalEdge;
import io.edgecam.localedge.LocalModule;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.NotInTimeException;
import io.edgecam.localedge.Quiet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs images as edgeAgent would, with the create options and the environment of the manifest, against a local edge and
 * Azurite, and prints what they are and do as a table. Run by {@code src/test/images.sh}. Fails loudly.
 *
 * <p>Two things differ from a device: the network is the machine's own, and the camera's device is another one.
 */
final class ImageTrial {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
    private static final String MODULE = "CameraModule";
    private static final int NATIVE_STARTS = 5;

    private final Engine engine = new Engine();
    private final Path folder;
    private final LocalModule module;
    private final Azurite.Running azurite;

    private ImageTrial(Path folder, LocalModule module, Azurite.Running azurite) {
        this.folder = folder;
        this.module = module;
        this.azurite = azurite;
    }

    /** @param arguments for each image PLATFORM=IMAGE=SECONDS, the time that its build took */
    public static void main(String[] arguments) throws Exception {
        Quiet.libraries();
        // threads of a half-finished trial must not keep a failure from being seen
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
        Path folder = Files.createTempDirectory(Path.of("/dev/shm"), "edgecam-images");
        try (LocalEdge edge = LocalEdge.builder()
                        .methodDelay(Duration.ZERO)
                        .module(MODULE)
                        .start();
                Azurite.Running azurite = Azurite.find(Path.of("")).start(ImageTrial::say)) {
            ImageTrial trial = new ImageTrial(folder, edge.module(MODULE), azurite);
            List<Row> rows = new ArrayList<>();
            for (String argument : arguments) {
                String[] parts = argument.split("=", -1);
                rows.add(trial.run(parts[0], parts[1], Integer.parseInt(parts[2])));
                say(parts[1] + " does what it must");
            }
            print(rows);
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private static void say(String words) {
        System.err.println(words);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Row run(String platform, String image, int buildSeconds) throws Exception {
        JsonObject about = engine.inspect(image);
        boolean emulated = !about.get("Architecture").getAsString().equals(ownArchitecture());
        boolean readsRtsp =
                engine.dockerAgrees("run", "--rm", "--network", "none", "--entrypoint", "ffmpeg", image, "-version");
        noSecretLiesIn(image);

        Path spool = Files.createDirectories(folder.resolve(platform));
        engine.docker(
                "run",
                "--rm",
                "--network",
                "none",
                "--user",
                "0",
                "--entrypoint",
                "chown",
                "-v",
                spool + ":/spool",
                image,
                "10001:10001",
                "/spool");
        module.replaceDesired(desired());
        List<Long> starts = new ArrayList<>();
        long residentMegabytes = 0;
        for (int n = 0; n < (emulated ? 1 : NATIVE_STARTS); n++) {
            int connects = module.connects();
            long start = System.nanoTime();
            try (Container container = engine.create(image, createOptions(image, spool, emulated), environment())) {
                container.start();
                try {
                    awaitConnection(container, connects + 1);
                    module.awaitMethods(PATIENCE);
                    assertThat(module.invoke("getStatus", "{}", PATIENCE).status())
                            .isEqualTo(200);
                    starts.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
                    awaitSettings();
                    if (n == 0) {
                        theTestCamerasPictureIsUploaded();
                        if (readsRtsp) {
                            aCameraOnTheNetworkIsRead();
                        }
                        residentMegabytes = itHasNoRights(container);
                        if (platform.endsWith(".debug")) {
                            aDebuggerFindsTheDoor();
                        }
                    }
                    assertThat(container.stop()).as("exit code after SIGTERM").isZero();
                } catch (Exception | AssertionError e) {
                    System.err.println(container.log());
                    throw e;
                }
            }
            module.awaitDisconnected(PATIENCE);
        }
        return new Row(
                platform,
                about.get("Size").getAsLong(),
                parts(image),
                buildSeconds,
                starts.stream().sorted().toList().get(starts.size() / 2),
                emulated,
                readsRtsp,
                residentMegabytes);
    }

    private void awaitConnection(Container container, int connects) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (module.connects() < connects) {
            try {
                module.awaitConnects(connects, BETWEEN_LOOKS);
            } catch (NotInTimeException e) {
                if (!container.runs() || System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    /** Waits until the module says that the twin as it is now is in force. */
    private void awaitSettings() {
        long version = module.twin().getAsJsonObject("desired").get("$version").getAsLong();
        JsonObject wanted = new JsonObject();
        wanted.addProperty("av", version);
        wanted.addProperty("ac", 200);
        module.awaitReported(
                reported -> reported.has("cameras")
                        && reported.getAsJsonObject("cameras").entrySet().containsAll(wanted.entrySet()),
                PATIENCE);
    }

    private void theTestCamerasPictureIsUploaded() throws IOException {
        byte[] stored = take("front");
        assertThat(BarCode.read(stored))
                .as("the mark that the test camera puts into each frame")
                .isPresent();
    }

    private void aCameraOnTheNetworkIsRead() throws IOException {
        try (RtspServer h264 = RtspServer.h264(10);
                RtspServer jpeg = RtspServer.jpeg(10)) {
            for (RtspServer camera : List.of(h264, jpeg)) {
                module.patchDesired(JsonParser.parseString("{\"cameras\": {\"gate\": {\"source\": \"" + camera.address()
                                + "\", \"readTimeoutSeconds\": 60}}}")
                        .getAsJsonObject());
                awaitSettings();
                assertThat(BarCode.read(take("gate")))
                        .as("the mark in a frame over RTSP")
                        .isPresent();
            }
        }
    }

    /** @return the picture, as Azurite has it */
    private byte[] take(String camera) {
        MethodResult result =
                module.invoke("takePicture", "{\"camera\": \"" + camera + "\", \"timeoutSeconds\": 120}", PATIENCE);
        assertThat(result.status()).as("%s", result.payload()).isEqualTo(200);
        JsonObject picture = result.object().getAsJsonArray("pictures").get(0).getAsJsonObject();
        assertThat(picture.get("state").getAsString()).isEqualTo("uploaded");
        return new BlobServiceClientBuilder()
                .connectionString(azurite.connectionString())
                .serviceVersion(BlobServiceVersion.V2025_11_05)
                .buildClient()
                .getBlobContainerClient(picture.get("container").getAsString())
                .getBlobClient(picture.get("blobName").getAsString())
                .downloadContent()
                .toBytes();
    }

    /** @return the module's resident memory in MB */
    private static long itHasNoRights(Container container) throws IOException, InterruptedException {
        Map<String, String> process = container.process();
        assertThat(process.get("Uid").split("\\s+")).containsOnly("10001");
        assertThat(process.get("Groups").split("\\s+")).contains("44");
        assertThat(List.of(process.get("CapEff"), process.get("CapPrm"), process.get("CapBnd")))
                .containsOnly("0000000000000000");
        assertThat(process).containsEntry("NoNewPrivs", "1");
        assertThat(container.maps("/app/classes.jsa"))
                .as("the class data archive is in use")
                .isTrue();
        assertThat(container.agrees("10001", "test", "-c", "/dev/video0"))
                .as("the device is there")
                .isTrue();
        assertThat(container.agrees("10001", "touch", "/spool/x", "/tmp/x"))
                .as("spool and /tmp can be written")
                .isTrue();
        assertThat(container.agrees("0", "touch", "/app/x"))
                .as("the root can be written")
                .isFalse();
        return Long.parseLong(process.get("VmRSS").replaceAll("\\D", "")) / 1024;
    }

    private static void aDebuggerFindsTheDoor() throws IOException {
        byte[] hello = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);
        try (Socket debugger = new Socket(InetAddress.getLoopbackAddress(), 5005)) {
            debugger.getOutputStream().write(hello);
            assertThat(debugger.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
        }
    }

    private void noSecretLiesIn(String image) throws IOException, InterruptedException {
        String told = engine.docker("history", "--no-trunc", image) + engine.inspect(image);
        assertThat(told).doesNotContainPattern("(?i)(key=[^\\s\"]|sig=|password=|token=|privileged)");
        assertThat(inside(image, "find", "/app", "/spool", "/root", "/tmp", "-name", "*.env"))
                .isEmpty();
    }

    /** What a program says that is run in an image, by root and without a network. */
    private String inside(String image, String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("run", "--rm", "--network", "none", "--user", "0"));
        command.addAll(List.of("--entrypoint", program, image));
        command.addAll(List.of(arguments));
        return engine.docker(command.toArray(String[]::new));
    }

    /** Kilobytes of what lies where. */
    private Map<String, Long> parts(String image) throws IOException, InterruptedException {
        Map<String, Long> parts = new TreeMap<>();
        String[] paths = {"/opt/jre", "/app/native", "/app/lib", "/app/classes.jsa", "/usr/local"};
        List<String> command = new ArrayList<>(List.of("-s", "--block-size=1K"));
        command.addAll(List.of(paths));
        inside(image, "du", command.toArray(String[]::new))
                .lines()
                .map(line -> line.split("\\s+", 2))
                .forEach(line -> parts.put(line[1], Long.parseLong(line[0])));
        return parts;
    }

    /**
     * Of the manifest; on this machine's network, with another device than a camera.
     *
     * <p>The kernel takes an emulated 32-bit process for a 64-bit one and tells it places in a folder of ext4 in 64 bits,
     * so that it cannot list the folder. Java's own folder that is listed therefore comes from memory, as the spool does.
     */
    private JsonObject createOptions(String image, Path spool, boolean emulated) throws Exception {
        JsonObject options = Repository.json("docs/portal/create-options.json");
        JsonObject host = options.getAsJsonObject("HostConfig");
        host.addProperty("NetworkMode", "host");
        host.remove("PortBindings");
        host.getAsJsonArray("Devices").get(0).getAsJsonObject().addProperty("PathOnHost", "/dev/full");
        JsonArray binds = new JsonArray();
        binds.add(spool + ":/spool");
        if (emulated) {
            Path conf = spool.resolveSibling(spool.getFileName() + "-conf");
            if (!Files.exists(conf)) {
                try (Container source = engine.create(image, new JsonObject(), Map.of())) {
                    source.copy("/opt/jre/conf", conf);
                }
            }
            binds.add(conf + ":/opt/jre/conf:ro");
        }
        host.add("Binds", binds);
        return options;
    }

    private Map<String, String> environment() throws IOException {
        Map<String, String> all = new TreeMap<>(module.environment());
        Repository.text("docs/portal/environment.txt")
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(line -> all.put(line[0], line[1]));
        return all;
    }

    /** The manifest's, with the test camera, Azurite, and a port that nobody uses. */
    private JsonObject desired() throws Exception {
        JsonObject desired = Repository.json("docs/portal/module-twin.json");
        desired.getAsJsonObject("cameras").getAsJsonObject("front").addProperty("source", "test:");
        JsonObject storage = new JsonObject();
        storage.addProperty("connectionString", azurite.connectionString());
        storage.addProperty("createContainer", true);
        desired.add("storage", storage);
        desired.getAsJsonObject("web").addProperty("token", "a-word-for-the-trial");
        try (ServerSocket free = new ServerSocket(0)) {
            desired.getAsJsonObject("web").addProperty("port", free.getLocalPort());
        }
        return desired;
    }

    private static String ownArchitecture() {
        String java = System.getProperty("os.arch");
        return java.equals("aarch64") ? "arm64" : java;
    }

    private static void print(List<Row> rows) {
        System.out.println(
                "| image | MB | of it Java | class archive | OpenCV | other libraries | ffmpeg | Debian and fonts"
                        + " | built in | first answer after | resident | RTSP |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        rows.forEach(row -> System.out.println(row.text()));
    }

    /** One image: what it is, what it does. */
    private record Row(
            String platform,
            long bytes,
            Map<String, Long> kilobytes,
            int buildSeconds,
            long startMillis,
            boolean emulated,
            boolean readsRtsp,
            long residentMegabytes) {
        String text() {
            double known =
                    kilobytes.values().stream().mapToLong(Long::longValue).sum() * 1024 / 1e6;
            return String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %.0f | %d s | %.1f s%s | %d MB%s | %s |",
                    platform,
                    bytes / 1e6,
                    megabytes("/opt/jre"),
                    megabytes("/app/classes.jsa"),
                    megabytes("/app/native"),
                    megabytes("/app/lib"),
                    megabytes("/usr/local"),
                    bytes / 1e6 - known,
                    buildSeconds,
                    startMillis / 1e3,
                    emulated ? " (emulated)" : "",
                    residentMegabytes,
                    emulated ? " (with the emulator)" : "",
                    readsRtsp ? "yes" : "no");
        }

        private double megabytes(String path) {
            return kilobytes.getOrDefault(path, 0L) * 1024 / 1e6;
        }
    }
}
