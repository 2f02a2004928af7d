package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Prints what the ffmpeg of an RTSP camera costs, and how old its frames are: encoding H.264, and passing on JPEG. */
final class RtspSpeed {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int PER_SECOND = 15;
    private static final int WARM_UP = 30;
    private static final int FRAMES = 200;

    private RtspSpeed() {}

    public static void main(String[] none) throws Exception {
        for (boolean jpeg : new boolean[] {false, true, false, true}) {
            try (RtspServer server = RtspServer.large(jpeg, WIDTH, HEIGHT, PER_SECOND);
                    FrameSource source = new Sources(InstantSource.system(), Map.of())
                            .apply(SourceSettings.of(Kind.RTSP, server.address(), WIDTH, HEIGHT, PER_SECOND))
                            .open()) {
                measure(jpeg ? "JPEG passed on" : "H.264 encoded", source);
            }
        }
    }

    private static void measure(String what, FrameSource source) throws Exception {
        List<Long> ages = new ArrayList<>();
        long begun = System.nanoTime();
        Duration cpu = Duration.ZERO;
        for (int i = -WARM_UP; i < FRAMES; i++) {
            byte[] jpeg = source.next().image().toBytes();
            Instant now = Instant.now();
            if (i == 0) {
                begun = System.nanoTime();
                cpu = cpu();
            }
            if (i >= 0) {
                BarCode.read(jpeg)
                        .ifPresent(mark -> ages.add(
                                Duration.between(mark.capturedAt(), now).toMillis()));
            }
        }
        double busy = (double) cpu().minus(cpu).toNanos() / (System.nanoTime() - begun);
        Collections.sort(ages);
        System.out.printf(
                "%s: %.1f %% of a core, %d MB, frames %d ms old (median), %d ms (95 %%)%n",
                what, busy * 100, memory() / 1024, ages.get(ages.size() / 2), ages.get(ages.size() * 95 / 100));
    }

    private static Duration cpu() {
        return reader().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** In kB, from proc(5). */
    private static long memory() throws Exception {
        return Files.readAllLines(Path.of("/proc", Long.toString(reader().pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    private static ProcessHandle reader() {
        return Leftovers.with("-f concat").stream()
                .filter(one -> !Leftovers.commandLine(one.pid()).contains("timeout"))
                .findFirst()
                .orElseThrow();
    }
}
