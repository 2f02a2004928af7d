package io.edgecam.imaging;

import io.edgecam.camera.FrameSource;
import io.edgecam.camera.source.Sources;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Strftime;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.Secret;
import io.edgecam.settings.StampSettings;
import io.edgecam.settings.StampSettings.Place;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** A program that measures what docs/cameras.md says of speed; run as described there. */
final class DarkroomSpeed {
    private static final int ROUNDS = 200;

    private DarkroomSpeed() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws Exception {
        Duration none = Duration.ZERO;
        DeviceSettings.Source test = new DeviceSettings.Source(DeviceSettings.Kind.TEST, "");
        DeviceSettings settings =
                new DeviceSettings(test, "", Secret.NONE, 1280, 720, 100_000, none, Duration.ofSeconds(5), none);
        try (FrameSource source =
                new Sources(InstantSource.system()).apply(settings).open()) {
            Jpeg image = source.next().image();
            print("drawn and encoded by test:", source::next);
            for (Place place : Place.values()) {
                print("developed, stamp " + place, () -> develop(image, place, 0));
            }
            print("developed, turned by 90 degrees, stamp BELOW", () -> develop(image, Place.BELOW, 90));
        }
    }

    private static Jpeg develop(Jpeg image, Place place, int rotate) throws Exception {
        StampSettings stamp = new StampSettings(place, new Strftime("%Y/%m/%d %H:%M:%S"), "", ZoneOffset.UTC, 50);
        LookSettings look =
                new LookSettings(rotate, LookSettings.Flip.NONE, LookSettings.Region.ALL, List.of(), 85, stamp, true);
        return new Darkroom().develop(new Frame("front", 1, Instant.EPOCH, 0, image), look, "");
    }

    @SuppressWarnings("SystemOut")
    private static void print(String what, Job job) throws Exception {
        com.sun.management.ThreadMXBean thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < ROUNDS; i++) {
            job.run();
        }
        long[] nanos = new long[ROUNDS];
        long bytes = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            long start = thread.getCurrentThreadCpuTime();
            job.run();
            nanos[i] = thread.getCurrentThreadCpuTime() - start;
        }
        bytes = thread.getCurrentThreadAllocatedBytes() - bytes;
        Arrays.sort(nanos);
        System.out.printf(
                "%-46s %6.2f ms  %5.1f MB%n", what, nanos[ROUNDS / 2] / 1e6, bytes / (double) ROUNDS / 1_048_576);
    }

    /** What is measured. */
    private interface Job {
        Object run() throws Exception;
    }
}
