package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.FrameSource;
import io.edgecam.camera.FrameSource.Shot;
import io.edgecam.event.Events;
import io.edgecam.picture.Frame;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import io.edgecam.settings.DeviceSettings.Source;
import io.edgecam.settings.Secret;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program for a process of its own: tells on lines what comes of a V4L2 camera. */
final class V4l2Player {
    private static final Pattern MADE = Pattern.compile("made([0-9a-f]{16})");

    private V4l2Player() {}

    /** @param args what to do, device, width, height, readTimeoutSeconds, control folder of the played camera */
    public static void main(String[] args) throws Exception {
        DeviceSettings settings = settings(
                args[1],
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Duration.ofSeconds(Integer.parseInt(args[4])));
        switch (args[0]) {
            case "camera" -> camera(settings);
            case "source" -> source(settings);
            case "late" -> late(settings, Path.of(args[5]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    static DeviceSettings settings(String device, int width, int height, Duration readTimeout) {
        return new DeviceSettings(
                new Source(Kind.V4L2, device),
                "",
                Secret.NONE,
                width,
                height,
                30,
                Duration.ZERO,
                readTimeout,
                Duration.ofSeconds(10));
    }

    /** Under supervision: each frame and how old it was, or how the camera is. */
    @SuppressWarnings("SystemOut")
    private static void camera(DeviceSettings settings) throws InterruptedException {
        Events events = new Events();
        events.listen(event -> System.out.println("event " + event.type().word()));
        try (Cameras cameras = new Cameras(new Sources(InstantSource.system()), events, InstantSource.system())) {
            cameras.apply(Map.of("front", settings));
            Camera camera = cameras.find("front").orElseThrow();
            long sequence = -1;
            while (!System.out.checkError()) {
                Optional<Frame> frame = camera.frameAfter(sequence, Duration.ofMillis(500));
                if (frame.isPresent()) {
                    sequence = frame.get().sequence();
                    long age = System.nanoTime() - frame.get().capturedNanos();
                    System.out.println("frame " + frame.get().image().sha256() + " " + age);
                } else {
                    CameraStatus status = camera.status();
                    System.out.println("state " + status.state().word() + " " + status.error());
                }
            }
        }
    }

    /** Without supervision: each frame and how many were damaged before it, and what ended it. */
    @SuppressWarnings("SystemOut")
    private static void source(DeviceSettings settings) throws InterruptedException {
        FrameSource.Opener opener = new Sources(InstantSource.system()).apply(settings);
        try (FrameSource source = opener.open()) {
            while (!System.out.checkError()) {
                Shot shot = source.next();
                System.out.println("frame " + shot.image().sha256() + " " + source.damaged() + " "
                        + shot.image().width() + "x" + shot.image().height() + " " + Colour.of(shot.image()));
            }
        } catch (IOException e) {
            System.out.println("error " + e.getMessage());
        }
    }

    /** Reads a frame, then none until the device has no buffer left, then some: how much older each is than it says. */
    @SuppressWarnings("SystemOut")
    private static void late(DeviceSettings settings, Path control) throws IOException, InterruptedException {
        FrameSource.Opener opener = new Sources(InstantSource.system()).apply(settings);
        try (FrameSource source = opener.open();
                WatchService changes = FileSystems.getDefault().newWatchService()) {
            control.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            source.next();
            while (!Files.exists(control.resolve("full"))) {
                changes.take().reset();
            }
            long now = System.nanoTime();
            for (int i = 0; i < 12; i++) {
                Shot shot = source.next();
                Matcher made = MADE.matcher(new String(shot.image().toBytes(), ISO_8859_1));
                if (!made.find()) {
                    throw new IOException("a frame without the moment of its making");
                }
                long truth = Long.parseLong(made.group(1), 16);
                System.out.println("taken " + (truth - now) + " " + (shot.capturedNanos() - now));
            }
        }
    }
}
