package io.edgecam.camera.source;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.FrameSource;
import io.edgecam.camera.source.FaultyCamera.Fault;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.picture.Frame;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Four cameras that fail again and again, each in ways of its own, and a fifth that is well, for as long as asked for.
 * Prints how soon each was back, whether the fifth missed a frame, and what was left over; ends with 1 if a limit was
 * broken. Started by {@code src/test/soak-cameras.sh}.
 */
final class CameraSoak {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final int FRAMERATE = 10;
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);
    private static final long GROWTH_KIB = 16 * 1024;

    private final ConcurrentLinkedQueue<Event> told = new ConcurrentLinkedQueue<>();
    private final InstantSource clock = InstantSource.system();
    private final Random random;
    private final byte[] picture;

    private CameraSoak(byte[] picture, int seed) {
        this.random = new Random(seed);
        this.picture = picture;
    }

    public static void main(String[] arguments) throws Exception {
        long seconds = arguments.length == 0 ? 600 : Long.parseLong(arguments[0]);
        DeviceSettings painted = SourceSettings.of(Kind.TEST, "", 1280, 720, 100);
        try (FrameSource source =
                new Sources(InstantSource.system()).apply(painted).open()) {
            byte[] picture = source.next().image().toBytes();
            int seed = new SecureRandom().nextInt();
            System.out.printf("seed %d%n", seed);
            System.exit(new CameraSoak(picture, seed).run(seconds) ? 0 : 1);
        }
    }

    private boolean run(long seconds) throws Exception {
        warmUp();
        int threadsBefore = threads();
        long filesBefore = files();
        List<Long> memory = new ArrayList<>();
        boolean good = breakThem(seconds, memory);
        good &= leavesNothing(threadsBefore, filesBefore);
        good &= keepsItsSize(memory);
        System.out.println(good ? "all limits kept" : "A LIMIT WAS BROKEN");
        return good;
    }

    /** What Java opens once and keeps for the life of the process is not left over by a camera. */
    private void warmUp() throws Exception {
        int threads = threads();
        try (FaultyCamera device = new FaultyCamera(picture, FRAMERATE);
                Cameras cameras = new Cameras(new Sources(clock), new Events(), clock)) {
            cameras.apply(Map.of("first", settings(device.address("/stream"))));
            cameras.find("first").orElseThrow().frameAfter(0, Duration.ofSeconds(30));
        }
        for (int i = 0; i < 30 && threads() > threads; i++) {
            System.gc();
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private boolean breakThem(long seconds, List<Long> memory) throws Exception {
        Events events = new Events();
        events.listen(told::add);
        List<Victim> victims = List.of(
                new Victim("drops", "/stream", picture, Fault.RESETS, Fault.ENDS, Fault.UNAVAILABLE),
                new Victim("stalls", "/stream", picture, Fault.STALLS, Fault.DRIPS, Fault.NEVER_ENDS),
                new Victim("garbage", "/stream", picture, Fault.TALKS_RUBBISH, Fault.CUTS_OFF, Fault.ENDLESS_HEADER),
                new Victim("snapshots", "/one", picture, Fault.LIES, Fault.RESETS, Fault.CUTS_OFF, Fault.STALLS));
        boolean good = true;
        try (FaultyCamera well = new FaultyCamera(picture, FRAMERATE);
                Cameras cameras = new Cameras(new Sources(clock), events, clock)) {
            Map<String, DeviceSettings> wanted = new HashMap<>();
            wanted.put("well", settings(well.address("/stream")));
            victims.forEach(victim -> wanted.put(victim.name, settings(victim.address())));
            cameras.apply(wanted);
            Viewer viewer = new Viewer(cameras.find("well").orElseThrow());
            viewer.start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (Victim victim : victims) {
                victim.start(cameras.find(victim.name).orElseThrow(), end, random.nextLong());
            }
            while (System.nanoTime() - end < 0) {
                TimeUnit.SECONDS.sleep(Math.max(1, Math.min(10, seconds / 10)));
                System.gc();
                memory.add(memoryKib());
            }
            for (Victim victim : victims) {
                good &= victim.judge(told);
            }
            viewer.interrupt();
            viewer.join();
            good &= missesNothing(well, viewer);
        }
        for (Victim victim : victims) {
            victim.device.close();
        }
        return good;
    }

    private boolean missesNothing(FaultyCamera well, Viewer viewer) throws InterruptedException {
        well.have(Fault.STALLS);
        TimeUnit.SECONDS.sleep(1);
        long missed = well.sent() - viewer.camera.status().frames();
        System.out.printf(
                Locale.ROOT,
                "well: %d frames, %d missed; %d skipped by a viewer, who waited for one at most %d ms%n",
                well.sent(),
                missed,
                viewer.skipped,
                viewer.longestGapMillis);
        return missed == 0 && told.stream().noneMatch(event -> event.camera().equals(Optional.of("well")));
    }

    /** Java's HTTP clients end their threads once they are garbage, so some rounds of that are waited for. */
    private static boolean leavesNothing(int threadsBefore, long filesBefore) throws Exception {
        for (int i = 0; i < 30 && (threads() > threadsBefore || files() > filesBefore); i++) {
            System.gc();
            TimeUnit.SECONDS.sleep(1);
        }
        long children = ProcessHandle.current().children().count();
        System.out.printf(
                Locale.ROOT,
                "left over: %d threads (%d before), %d files (%d before), %d processes%n",
                threads(),
                threadsBefore,
                files(),
                filesBefore,
                children);
        boolean nothing = threads() <= threadsBefore && files() <= filesBefore && children == 0;
        if (!nothing) {
            Thread.getAllStackTraces().keySet().forEach(thread -> System.out.println("  " + thread));
            try (Stream<Path> files = Files.list(OPEN_FILES)) {
                for (Path file : files.toList()) {
                    System.out.println("  " + (Files.isSymbolicLink(file) ? Files.readSymbolicLink(file) : file));
                }
            }
        }
        return nothing;
    }

    /** The first third warms up; after that the means of two halves are compared. */
    private static boolean keepsItsSize(List<Long> memory) {
        List<Long> late = memory.subList(memory.size() / 3, memory.size());
        double one = mean(late.subList(0, late.size() / 2));
        double two = mean(late.subList(late.size() / 2, late.size()));
        System.out.printf(
                Locale.ROOT,
                "resident memory: %.1f MB in the middle, %.1f MB at the end, most %.1f MB%n",
                one / 1024,
                two / 1024,
                late.stream().mapToLong(Long::longValue).max().orElse(0) / 1024.0);
        return two - one <= GROWTH_KIB;
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElse(0);
    }

    private static int threads() {
        return Thread.getAllStackTraces().size();
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }

    private static long memoryKib() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DeviceSettings settings(String address) {
        return new DeviceSettings(
                new DeviceSettings.Source(Kind.HTTP, address),
                "",
                io.edgecam.settings.Secret.NONE,
                1280,
                720,
                FRAMERATE,
                Duration.ZERO,
                Duration.ofSeconds(3),
                Duration.ZERO);
    }

    /** A camera that is broken again and again, on a thread of its own that measures when it is back. */
    private static final class Victim {
        private final String name;
        private final String path;
        private final FaultyCamera device;
        private final List<Fault> faults;
        private final List<Long> backMillis = new CopyOnWriteArrayList<>();
        private @Nullable Camera camera;
        private @Nullable Thread thread;

        Victim(String name, String path, byte[] picture, Fault... faults) throws IOException {
            this.name = name;
            this.path = path;
            this.device = new FaultyCamera(picture, FRAMERATE);
            this.faults = List.of(faults);
        }

        String address() {
            return device.address(path);
        }

        void start(Camera found, long end, long seed) {
            camera = found;
            thread = new Thread(() -> breakAgainAndAgain(found, end, new Random(seed)), "breaker-" + name);
            thread.start();
        }

        boolean judge(Collection<Event> told) throws InterruptedException {
            Objects.requireNonNull(thread).join();
            CameraStatus status = Objects.requireNonNull(camera).status();
            List<Long> sorted = backMillis.stream().sorted().toList();
            long longest = sorted.get(sorted.size() - 1);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d failures; back after %.1f s (median), %.1f s (longest); %d frames, %d damaged;"
                            + " told %d lost, %d found%n",
                    name,
                    sorted.size(),
                    sorted.get(sorted.size() / 2) / 1000.0,
                    longest / 1000.0,
                    status.frames(),
                    status.damaged(),
                    count(told, EventType.CAMERA_LOST),
                    count(told, EventType.CAMERA_FOUND));
            camera = null;
            return longest <= BACK_WITHIN.toMillis();
        }

        private void breakAgainAndAgain(Camera found, long end, Random chance) {
            try {
                for (int i = 0; i == 0 || System.nanoTime() - end < 0; i++) {
                    boolean live = found.frameTakenAfter(System.nanoTime(), Duration.ofSeconds(60))
                            .isPresent();
                    device.have(faults.get(i % faults.size()));
                    TimeUnit.MILLISECONDS.sleep(1000 + chance.nextInt(7000));
                    device.have(Fault.NONE);
                    long back = System.nanoTime();
                    live &= found.frameTakenAfter(back, Duration.ofSeconds(60)).isPresent();
                    long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back);
                    backMillis.add(live ? waited : TimeUnit.DAYS.toMillis(1));
                    TimeUnit.MILLISECONDS.sleep(1000 + chance.nextInt(3000));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private long count(Collection<Event> told, EventType type) {
            return told.stream()
                    .filter(event -> event.type() == type && event.camera().equals(Optional.of(name)))
                    .count();
        }
    }

    /** Looks at every frame it can get. */
    private static final class Viewer extends Thread {
        private final Camera camera;
        private volatile long longestGapMillis;
        private volatile long skipped;

        Viewer(Camera camera) {
            super("viewer");
            this.camera = camera;
        }

        @Override
        public void run() {
            try {
                Frame last = camera.frameAfter(-1, Duration.ofSeconds(60)).orElseThrow();
                for (long seen = 1; true; seen++) {
                    Frame next = camera.frameAfter(last.sequence(), Duration.ofSeconds(60))
                            .orElseThrow();
                    long gap = TimeUnit.NANOSECONDS.toMillis(next.capturedNanos() - last.capturedNanos());
                    longestGapMillis = Math.max(longestGapMillis, gap);
                    skipped = next.sequence() - seen;
                    last = next;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
