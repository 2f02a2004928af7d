package io.edgecam.e2e;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.localedge.LocalEdge;
import io.edgecam.localedge.LocalModule;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.Quiet;
import io.edgecam.localedge.demo.ModuleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long the module takes from its start until it answers a method, and how much memory it then has with one
 * 720p camera that is always open. Run by {@code src/test/measure-start.sh}; prints minimum, median and maximum.
 */
final class StartUp {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAGE = 21_338;
    private static final int FRAMES_BEFORE_THE_LOOK = 30;

    private StartUp() {}

    /** @param arguments how many starts to measure */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Quiet.libraries();
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        Path folder = Files.createTempDirectory("edgecam-start");
        List<Long> millis = new ArrayList<>();
        List<Long> megabytes = new ArrayList<>();
        try (LocalEdge edge = LocalEdge.builder()
                .methodDelay(Duration.ZERO)
                .module("CameraModule")
                .start()) {
            LocalModule module = edge.module("CameraModule");
            module.replaceDesired(desired(folder));
            for (int run = 0; run < runs; run++) {
                long start = System.nanoTime();
                try (ModuleProcess process = ModuleProcess.start(module.environment(), null)) {
                    module.awaitConnected(PATIENCE);
                    module.awaitMethods(PATIENCE);
                    module.invoke("getStatus", "{}", PATIENCE);
                    millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
                    for (int picture = 0; picture < FRAMES_BEFORE_THE_LOOK; picture++) {
                        check(module.invoke("takePicture", "{}", PATIENCE));
                    }
                    megabytes.add(Usage.megabytes(process.pid()));
                }
                module.awaitDisconnected(PATIENCE);
            }
        }
        print("start to first answered method, ms", millis);
        print("resident memory after " + FRAMES_BEFORE_THE_LOOK + " pictures, MB", megabytes);
        System.exit(0);
    }

    private static JsonObject desired(Path folder) {
        return JsonParser.parseString("""
                        {"cameras": {"front": {"source": "test:", "width": 1280, "height": 720, "framerate": 15,
                                               "idleCloseSeconds": 0}},
                         "storage": {"folder": "%s"}, "spool": {"folder": "%s"},
                         "web": {"port": %d}}
                        """.formatted(folder.resolve("pictures"), folder.resolve("spool"), PAGE))
                .getAsJsonObject();
    }

    private static void check(MethodResult result) {
        if (result.status() != 200) {
            throw new IllegalStateException("no picture, so the figures would be worth nothing: " + result.payload());
        }
    }

    private static void print(String what, List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        System.out.println(what + ": " + sorted.get(0) + " / " + sorted.get(sorted.size() / 2) + " / "
                + sorted.get(sorted.size() - 1) + "  (minimum / median / maximum of " + sorted.size() + ")");
    }
}
