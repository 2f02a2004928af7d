package io.edgecam.web;

import io.edgecam.imaging.NoisyJpegs;
import io.edgecam.localedge.demo.ModuleProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Measures 64 viewers of one 720p camera at 30 pictures a second beside 10 that never read: how many pictures each gets,
 * the processor time of the module, and how long takePicture takes meanwhile, against one viewer alone. Run by
 * {@code src/test/measure-viewers.sh}.
 */
final class CrowdSpeed {
    private static final int READERS = 64;
    private static final int STUCK = 10;
    private static final int RATE = 30;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final double TICKS_A_SECOND = 100;

    private final Path folder;
    private final int port;
    private final long seconds;
    private final HttpClient client = HttpClient.newHttpClient();

    private CrowdSpeed(Path folder, int port, long seconds) {
        this.folder = folder;
        this.port = port;
        this.seconds = seconds;
    }

    /** @param arguments seconds of each round */
    public static void main(String[] arguments) throws Exception {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 20;
        Path folder = Files.createTempDirectory("edgecam-crowd");
        System.out.printf(Locale.ROOT, "pictures of %d bytes on average%n", paint(folder.resolve("frames")));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CrowdSpeed speed = new CrowdSpeed(folder, port, seconds);
        boolean good = true;
        for (String place : List.of("none", "below")) {
            for (boolean webSocket : new boolean[] {false, true}) {
                good &= speed.measure(place, webSocket);
            }
        }
        System.exit(good ? 0 : 1);
    }

    private boolean measure(String place, boolean webSocket) throws Exception {
        System.out.printf("%n%s, stamp %s%n", webSocket ? "/live" : "/stream.mjpeg", place);
        Files.writeString(
                folder.resolve("settings.json"), """
                {"cameras": {"front": {"source": "folder:%1$s/frames", "framerate": %2$d, "warmUpSeconds": 0,
                                       "stamp": {"place": "%3$s"}}},
                 "storage": {"folder": "%1$s/pictures"}, "spool": {"folder": "%1$s/spool"},
                 "web": {"port": %4$d, "maxViewers": %5$d, "streamFramerate": %2$d}}
                """.formatted(folder, RATE, place, port, READERS + STUCK + 1));
        try (ModuleProcess module = ModuleProcess.start(
                Map.of(), null, "--settings", folder.resolve("settings.json").toString())) {
            if (!module.awaitReady(url("readyz"), java.time.Duration.ofSeconds(60))) {
                throw new IllegalStateException("the module is not ready");
            }
            Round one = round(module, webSocket, 1, 0);
            Round many = round(module, webSocket, READERS, STUCK);
            one.print("1 viewer");
            many.print(READERS + " viewers and " + STUCK + " that never read");
            System.out.printf(Locale.ROOT, "takePicture: %.2f times as long%n", many.millis() / one.millis());
            return many.counts().get(0) >= 0.95 * RATE * seconds;
        }
    }

    private Round round(ModuleProcess module, boolean webSocket, int readers, int stuck) throws Exception {
        try (Crowd crowd = new Crowd(port, webSocket, readers)) {
            crowd.neverRead(stuck);
            crowd.watch(WARM_UP_NANOS);
            AtomicBoolean over = new AtomicBoolean();
            List<Double> millis = new ArrayList<>();
            Thread orders = new Thread(() -> order(millis, over), "orders");
            Map<String, Long> before = ticks(module.pid());
            long start = System.nanoTime();
            orders.start();
            List<Integer> counts = sum(crowd, stuck);
            double took = (System.nanoTime() - start) / 1e9;
            Map<String, Long> after = ticks(module.pid());
            over.set(true);
            orders.join();
            Map<String, Double> cores = new TreeMap<>();
            after.forEach((thread, ticks) ->
                    cores.put(thread, (ticks - before.getOrDefault(thread, 0L)) / TICKS_A_SECOND / took));
            return new Round(counts, cores, median(millis), seconds);
        }
    }

    /** Those who never read are closed after 10 s, so new ones come in the middle. */
    private List<Integer> sum(Crowd crowd, int stuck) throws IOException {
        List<Integer> first = crowd.watch(TimeUnit.MILLISECONDS.toNanos(seconds * 500));
        crowd.neverRead(stuck);
        List<Integer> second = crowd.watch(TimeUnit.MILLISECONDS.toNanos(seconds * 500));
        List<Integer> both = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            both.add(first.get(i) + second.get(i));
        }
        return both;
    }

    private void order(List<Double> millis, AtomicBoolean over) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url("api/pictures")))
                .POST(HttpRequest.BodyPublishers.ofString("{\"waitFor\": \"spooled\"}"))
                .build();
        Random random = new Random(1);
        try {
            while (!over.get()) {
                TimeUnit.MILLISECONDS.sleep(150 + random.nextInt(100));
                long start = System.nanoTime();
                var answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(answer.body());
                }
                millis.add((System.nanoTime() - start) / 1e6);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + "/" + path;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Processor time by the kernel's account, by thread; those of one name together. */
    private static Map<String, Long> ticks(long pid) throws IOException {
        Map<String, Long> ticks = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                String stat = Files.readString(task.resolve("stat"));
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                ticks.merge(name, Long.parseLong(fields[11]) + Long.parseLong(fields[12]), Long::sum);
            }
        }
        return ticks;
    }

    /** One second of pictures; the mean of their bytes. */
    private static long paint(Path frames) throws IOException {
        Files.createDirectories(frames);
        List<byte[]> pictures = NoisyJpegs.moving(RATE);
        for (int i = 0; i < RATE; i++) {
            Files.write(frames.resolve("%02d.jpg".formatted(i)), pictures.get(i));
        }
        return pictures.stream().mapToLong(picture -> picture.length).sum() / RATE;
    }

    /** @param counts pictures of each reader, the fewest first */
    private record Round(List<Integer> counts, Map<String, Double> cores, double millis, long seconds) {
        void print(String name) {
            double all =
                    cores.values().stream().mapToDouble(Double::doubleValue).sum();
            String threads = cores.entrySet().stream()
                    .filter(thread -> thread.getValue() >= 0.01)
                    .map(thread -> "%s %.2f".formatted(thread.getKey(), thread.getValue()))
                    .collect(Collectors.joining(", "));
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.1f to %.1f pictures a second (%.1f %% of full rate at the least), %.2f cores (%s),"
                            + " takePicture %.1f ms%n",
                    name,
                    (double) counts.get(0) / seconds,
                    (double) counts.get(counts.size() - 1) / seconds,
                    100.0 * counts.get(0) / (RATE * seconds),
                    all,
                    threads,
                    millis);
        }
    }
}
