package io.edgecam.e2e;

import com.google.gson.JsonObject;
import io.edgecam.imaging.NoisyJpegs;
import io.edgecam.localedge.LocalEdge;
import io.edgecam.localedge.LocalModule;
import io.edgecam.localedge.MethodResult;
import io.edgecam.localedge.Quiet;
import io.edgecam.localedge.demo.ModuleProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures what one more camera costs a device: processor time and memory with 1, 2, 4 and 8 network cameras of 720p at 10
 * frames a second that are always open, and the processor time of a picture. Run by {@code src/test/measure-cameras.sh}.
 */
final class CameraCost {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RATE = 10;
    private static final int PICTURES = 40;

    private CameraCost() {}

    /** @param arguments seconds of each round */
    public static void main(String[] arguments) throws Exception {
        Quiet.libraries();
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 30;
        Path folder = Files.createTempDirectory("edgecam-cost");
        List<byte[]> frames = NoisyJpegs.moving(RATE);
        try (ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
                LocalEdge edge = LocalEdge.builder()
                        .methodDelay(Duration.ZERO)
                        .module("CameraModule")
                        .start()) {
            Thread cameras = new Thread(() -> serve(server, frames), "cameras");
            cameras.setDaemon(true);
            cameras.start();
            System.out.println(
                    "cameras  cores  MB after pictures  MB before  ms of processor a picture  heartbeat bytes  event bytes");
            for (int count : new int[] {1, 2, 4, 8}) {
                measure(edge.module("CameraModule"), folder, server.getLocalPort(), count, seconds);
            }
        }
        System.exit(0);
    }

    private static void measure(LocalModule module, Path folder, int port, int count, long seconds) throws Exception {
        module.replaceDesired(desired(folder, port, count));
        try (ModuleProcess process = ModuleProcess.start(module.environment(), null)) {
            module.awaitConnected(PATIENCE);
            module.awaitMethods(PATIENCE);
            long version =
                    module.twin().getAsJsonObject("desired").get("$version").getAsLong();
            module.awaitReported(reported -> World.acknowledged(reported, "cameras", version, 200), PATIENCE);
            for (int camera = 0; camera < count; camera++) {
                take(module, camera);
            }
            TimeUnit.SECONDS.sleep(10);
            long start = System.nanoTime();
            double before = Usage.processorSeconds(process.pid());
            TimeUnit.SECONDS.sleep(seconds);
            double cores = (Usage.processorSeconds(process.pid()) - before) * 1e9 / (System.nanoTime() - start);
            long memory = Usage.megabytes(process.pid());

            start = System.nanoTime();
            before = Usage.processorSeconds(process.pid());
            for (int picture = 0; picture < PICTURES; picture++) {
                take(module, picture % count);
            }
            double all = Usage.processorSeconds(process.pid()) - before;
            double beside = cores * (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%7d  %5.3f  %17d  %9d  %25.1f  %15d  %11d%n",
                    count,
                    cores,
                    Usage.megabytes(process.pid()),
                    memory,
                    (all - beside) * 1000 / PICTURES,
                    length(module, "heartbeat", count),
                    length(module, "pictureStored", count));
        }
        module.awaitDisconnected(PATIENCE);
    }

    /** Characters, which are bytes here, of an event that tells of the last camera. */
    private static int length(LocalModule module, String type, int count) {
        return module.awaitTelemetry(
                        sent -> sent.text().contains("\"" + type + "\"")
                                && sent.text().contains("camera" + (count - 1)),
                        PATIENCE)
                .text()
                .length();
    }

    private static void take(LocalModule module, int camera) {
        MethodResult result = module.invoke("takePicture", "{\"camera\": \"camera%d\"}".formatted(camera), PATIENCE);
        if (result.status() != 200) {
            throw new IllegalStateException("no picture, so the figures would be worth nothing: " + result.payload());
        }
    }

    private static JsonObject desired(Path folder, int port, int count) {
        JsonObject cameras = new JsonObject();
        for (int i = 0; i < count; i++) {
            JsonObject camera = new JsonObject();
            camera.addProperty("source", "http://127.0.0.1:%d/%d".formatted(port, i));
            camera.addProperty("idleCloseSeconds", 0);
            cameras.add("camera" + i, camera);
        }
        JsonObject document = new JsonObject();
        document.add("cameras", cameras);
        document.add("storage", one("folder", folder.resolve("pictures").toString()));
        document.add("spool", one("folder", folder.resolve("spool").toString()));
        JsonObject web = new JsonObject();
        web.addProperty("enabled", false);
        document.add("web", web);
        JsonObject telemetry = new JsonObject();
        telemetry.addProperty("heartbeatSeconds", 10);
        document.add("telemetry", telemetry);
        return document;
    }

    private static JsonObject one(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    private static void serve(ServerSocket server, List<byte[]> frames) {
        while (!server.isClosed()) {
            try {
                Socket viewer = server.accept();
                Thread stream = new Thread(() -> stream(viewer, frames), "camera");
                stream.setDaemon(true);
                stream.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void stream(Socket viewer, List<byte[]> frames) {
        try (viewer;
                OutputStream out = viewer.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; ; i = (i + 1) % frames.size()) {
                byte[] frame = frames.get(i);
                out.write("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                        .formatted(frame.length)
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(frame);
                out.write(new byte[] {'\r', '\n'});
                out.flush();
                TimeUnit.MILLISECONDS.sleep(1000 / RATE);
            }
        } catch (IOException | InterruptedException gone) {
            // the module has closed the camera
        }
    }
}
