package io.edgecam.imaging;

import io.edgecam.camera.FrameSource;
import io.edgecam.camera.source.Sources;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Strftime;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.LookSettings.Flip;
import io.edgecam.settings.LookSettings.Region;
import io.edgecam.settings.Secret;
import io.edgecam.settings.StampSettings;
import io.edgecam.settings.StampSettings.Place;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/**
 * A program that measures what docs/cameras.md says of speed; run as described there. What is done without decoding is
 * measured again with a region that leaves out one row and so needs decoding, in turns: both see the same machine.
 */
final class DarkroomSpeed {
    private static final int ROUNDS = 100;
    private static final Region ALL_BUT_A_ROW = new Region(0, 0, 1, 0.999);

    private DarkroomSpeed() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws Exception {
        System.out.printf("%-44s %12s %12s %7s%n", "", "undecoded", "decoded", "ratio");
        measure("test: 1280x720", drawn(1280, 720));
        measure("test: 1920x1080", drawn(1920, 1080));
        BufferedImage scene = SampleJpegs.scene(1920, 1080, BufferedImage.TYPE_3BYTE_BGR);
        measure("noisy 1920x1080", SampleJpegs.coded(scene, 85, "2x2", 0, false));
        measure("noisy 1920x1080, own tables", SampleJpegs.coded(scene, 85, "2x2", 0, true));
        BufferedImage whole = SampleJpegs.scene(1920, 1088, BufferedImage.TYPE_3BYTE_BGR);
        measure("noisy 1920x1088", SampleJpegs.coded(whole, 85, "2x2", 0, false));
    }

    private static Jpeg drawn(int width, int height) throws Exception {
        Duration none = Duration.ZERO;
        DeviceSettings.Source test = new DeviceSettings.Source(DeviceSettings.Kind.TEST, "");
        DeviceSettings settings =
                new DeviceSettings(test, "", Secret.NONE, width, height, 100_000, none, Duration.ofSeconds(5), none);
        try (FrameSource source =
                new Sources(InstantSource.system()).apply(settings).open()) {
            return source.next().image();
        }
    }

    @SuppressWarnings("SystemOut")
    private static void measure(String what, Jpeg image) throws Exception {
        System.out.printf("%s, %d kB%n", what, image.length() / 1_000);
        compare("  only EXIF", image, Place.NONE, 0);
        compare("  strip below, EXIF", image, Place.BELOW, 0);
        compare("  strip above, EXIF", image, Place.ABOVE, 0);
        compare("  turned by 180 degrees, strip below, EXIF", image, Place.BELOW, 180);
        compare("  turned by 270 degrees, strip below, EXIF", image, Place.BELOW, 270);
        compare("  overlay, EXIF (always decoded)", image, Place.OVERLAY, 0);
        Sums coded = new Sums();
        Sums decoded = new Sums();
        for (int i = 0; i < 2 * ROUNDS; i++) {
            coded.time(() -> Quality.of(image));
            decoded.time(() -> LumaBlocks.decoded(image));
        }
        print("  measured", coded, decoded);
    }

    private static void compare(String what, Jpeg image, Place place, int rotate) throws Exception {
        Sums undecoded = new Sums();
        Sums decoded = new Sums();
        for (int i = 0; i < 2 * ROUNDS; i++) {
            undecoded.time(() -> develop(image, place, rotate, Region.ALL));
            decoded.time(() -> develop(image, place, rotate, ALL_BUT_A_ROW));
        }
        print(what, undecoded, decoded);
    }

    @SuppressWarnings("SystemOut")
    private static void print(String what, Sums undecoded, Sums decoded) {
        System.out.printf(
                "%-44s %6.2f ms %4.1f MB %6.2f ms %4.1f MB %5.1f%n",
                what,
                undecoded.median(),
                undecoded.megabytes(),
                decoded.median(),
                decoded.megabytes(),
                decoded.median() / undecoded.median());
    }

    private static Jpeg develop(Jpeg image, Place place, int rotate, Region region) throws Exception {
        StampSettings stamp = new StampSettings(place, new Strftime("%Y/%m/%d %H:%M:%S"), "", ZoneOffset.UTC, 50);
        LookSettings look = new LookSettings(rotate, Flip.NONE, region, List.of(), 85, stamp, true);
        return new Darkroom().develop(new Frame("front", 1, Instant.EPOCH, 0, image), look, "");
    }

    /** CPU time and memory of one job; its first rounds only warm up. */
    private static final class Sums {
        private final com.sun.management.ThreadMXBean thread =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final long[] nanos = new long[2 * ROUNDS];
        private long bytes;
        private int count;

        void time(Job job) throws Exception {
            long allocated = thread.getCurrentThreadAllocatedBytes();
            long start = thread.getCurrentThreadCpuTime();
            job.run();
            nanos[count++] = thread.getCurrentThreadCpuTime() - start;
            bytes += thread.getCurrentThreadAllocatedBytes() - allocated;
        }

        double median() {
            long[] warm = Arrays.copyOfRange(nanos, ROUNDS, count);
            Arrays.sort(warm);
            return warm[warm.length / 2] / 1e6;
        }

        double megabytes() {
            return bytes / (double) count / 1_048_576;
        }
    }

    /** What is measured. */
    private interface Job {
        Object run() throws Exception;
    }
}
