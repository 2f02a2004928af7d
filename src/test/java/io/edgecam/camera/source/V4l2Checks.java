package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgecam.camera.Camera;
import io.edgecam.camera.CameraStatus;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.FrameSource;
import io.edgecam.event.Events;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import io.edgecam.settings.DeviceSettings.Source;
import io.edgecam.settings.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Checks cameras at real drivers, in the virtual machine of src/test/vm, as root: a device of vivid, which has no MJPEG,
 * and /dev/video10 of v4l2loopback, which is fed with it. A line for each check; ends with 0 if all are ok.
 */
final class V4l2Checks {
    private static final Path VIVID = Path.of("/sys/bus/platform/drivers/vivid");
    private static final Path FEED = Path.of("/tmp/frames");
    private static final Path BY_ID = Path.of("/dev/v4l/by-id/usb-checked-camera");
    private static final String LOOPBACK = "/dev/video10";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String tool;
    private int failures;

    private V4l2Checks(String tool) {
        this.tool = tool;
    }

    /** @param args the program of device.c; or "look" and a device, to say only what is wrong with it */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws Exception {
        System.setProperty("java.awt.headless", "true");
        if (args[0].equals("look")) {
            System.out.println(refusal(args[1]));
            return;
        }
        V4l2Checks checks = new V4l2Checks(args[0]);
        checks.run();
        System.exit(checks.failures == 0 ? 0 : 1);
    }

    private void run() throws Exception {
        String first = node(true);
        kernel();
        refusal("/dev/video62"); // the first one loads classes
        noCameras();
        rights(first);
        busy(first);
        converted(first);
        otherSize(first);
        snapshot(first);
        unplugged(first);
        otherNumber(first);
        passedThrough();
    }

    private void kernel() throws IOException {
        say("Linux " + Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip() + ", Java "
                + System.getProperty("java.version") + ", " + new VideoDevices(Path.of("/sys"), Path.of("/proc")));
    }

    private void noCameras() throws Exception {
        refused("/dev/video63", "is not there: plug the camera in");
        refused(Files.writeString(Path.of("/tmp/file"), "x").toString(), "is a file and no video device");
        refused("/tmp", "is a folder and no video device");
        refused(
                Files.createSymbolicLink(Path.of("/tmp/dangling"), Path.of("nowhere"))
                        .toString(),
                "points to a device that is not there");
        refused(node(false), "gives only data about pictures: use the other device of the same camera, /dev/video");
        refused(LOOPBACK, "cannot be opened as a camera");
        Path empty = Path.of("/tmp/video200");
        command("/bin/busybox", "mknod", empty.toString(), "c", "81", "200");
        refused(empty.toString(), "has no camera behind it now");
        Files.delete(empty);
    }

    private void rights(String device) throws Exception {
        command("/bin/busybox", "chown", "0:44", device);
        command("/bin/busybox", "chmod", "660", device);
        String said = command(
                tool,
                "as",
                "65534",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                V4l2Checks.class.getName(),
                "look",
                device);
        check(
                "no permission",
                said.contains("may not be opened by this user") && said.contains("group 44"),
                said.strip());
    }

    private void busy(String device) throws Exception {
        Process holder = new ProcessBuilder(tool, "hold", device).start();
        try {
            holder.inputReader(UTF_8).readLine();
            refused(device, "is in use by process " + holder.pid() + " (device)");
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    private void converted(String device) throws Exception {
        try (Cameras cameras = open(device, 1280, 720, 5)) {
            Frame frame = frame(cameras);
            long age = System.nanoTime() - frame.capturedNanos();
            check("frames of the asked size", size(frame).equals("1280x720"), size(frame));
            check(
                    "made into JPEG here",
                    Colour.of(frame.image()) != null,
                    frame.image().toString());
            check("the driver's stamp is taken", age > 0 && age < 5_000_000_000L, "age " + millis(age));
            long asked = System.nanoTime();
            Frame after = camera(cameras).frameTakenAfter(asked, PATIENCE).orElseThrow();
            check(
                    "a frame of after the order",
                    after.capturedNanos() >= asked,
                    "taken " + millis(after.capturedNanos() - asked) + " after it");
        }
    }

    private void otherSize(String device) throws Exception {
        try (Cameras cameras = open(device, 1234, 567, 5)) {
            Frame frame = frame(cameras);
            CameraStatus status = camera(cameras).status();
            check(
                    "another size than asked is told as it is",
                    !size(frame).equals("1234x567") && size(frame).equals(status.width() + "x" + status.height()),
                    "asked 1234x567, given and told " + size(frame));
        }
    }

    private void snapshot(String device) throws Exception {
        Path settings = Files.writeString(
                Path.of("/tmp/settings.json"),
                "{\"cameras\":{\"front\":{\"source\":\"" + device + "\",\"width\":640,\"height\":480}}}");
        Path picture = Path.of("/tmp/snapshot.jpg");
        String said = command(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                "/app/edgecam.jar",
                "snapshot",
                "--settings",
                settings.toString(),
                "--out",
                picture.toString());
        boolean whole =
                Files.exists(picture) && Jpeg.of(Files.readAllBytes(picture)).width() == 640;
        check("the snapshot command", whole, said.strip().replaceAll("(?s).*\n", ""));
    }

    private void unplugged(String device) throws Exception {
        try (Cameras cameras = open(device, 640, 480, 5)) {
            frame(cameras);
            long begun = System.nanoTime();
            Files.writeString(VIVID.resolve("unbind"), "vivid.0");
            CameraStatus lost = await(cameras, CameraStatus.State.LOST);
            check(
                    "unplugged while open: lost",
                    lost.error().contains(device),
                    millisSince(begun) + ": " + lost.error());
            begun = System.nanoTime();
            Files.writeString(VIVID.resolve("bind"), "vivid.0");
            await(cameras, CameraStatus.State.LIVE);
            check("plugged in again: live", frame(cameras).image().width() == 640, "after " + millisSince(begun));
        }
    }

    /** A number is not given again while someone has the old device open. */
    private void otherNumber(String before) throws Exception {
        Files.createDirectories(BY_ID.getParent());
        Files.createSymbolicLink(BY_ID, Path.of(before));
        try (Cameras cameras = open(BY_ID.toString(), 640, 480, 5);
                FileChannel kept = FileChannel.open(Path.of(before))) {
            frame(cameras);
            Files.writeString(VIVID.resolve("unbind"), "vivid.0");
            Files.delete(BY_ID);
            CameraStatus lost = await(cameras, CameraStatus.State.LOST);
            check("by-id name gone: lost", kept.isOpen() && lost.error().contains(BY_ID.toString()), lost.error());
            Files.writeString(VIVID.resolve("bind"), "vivid.0");
            String after = node(true);
            Files.createSymbolicLink(BY_ID, Path.of(after));
            await(cameras, CameraStatus.State.LIVE);
            check("by-id name under another number: live", !after.equals(before), before + " became " + after);
        }
    }

    private void passedThrough() throws Exception {
        Set<String> sent = writeFeed();
        Process feeder = new ProcessBuilder(tool, "feed", LOOPBACK, FEED.toString(), "640", "480", "15")
                .redirectErrorStream(true)
                .start();
        try (Cameras cameras = open(LOOPBACK, 640, 480, 3)) {
            await(cameras, CameraStatus.State.LIVE);
            Set<String> seen = new HashSet<>();
            int strange = 0;
            long sequence = -1;
            for (int i = 0; i < 60; i++) {
                Frame frame = camera(cameras).frameAfter(sequence, PATIENCE).orElseThrow();
                sequence = frame.sequence();
                seen.add(frame.image().sha256());
                strange += sent.contains(frame.image().sha256()) ? 0 : 1;
            }
            check(
                    "MJPEG passed through byte for byte",
                    strange == 0 && seen.size() > 1,
                    "60 frames, " + seen.size() + " different ones of " + sent.size() + " sent, " + strange
                            + " changed");
            long begun = System.nanoTime();
            signal(feeder, "STOP");
            CameraStatus lost = await(cameras, CameraStatus.State.LOST);
            check("silent: lost", !lost.error().isEmpty(), millisSince(begun) + ": " + lost.error());
            begun = System.nanoTime();
            signal(feeder, "CONT");
            await(cameras, CameraStatus.State.LIVE);
            check(
                    "delivers again: live",
                    sent.contains(frame(cameras).image().sha256()),
                    "after " + millisSince(begun));
            feeder.destroyForcibly().waitFor();
            String gone = await(cameras, CameraStatus.State.LOST).error();
            check("writer gone: lost", !gone.isEmpty(), gone);
        } finally {
            feeder.destroyForcibly();
        }
    }

    private static Set<String> writeFeed() throws Exception {
        Set<String> sums = new HashSet<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (FrameSource test = new Sources(InstantSource.system())
                .apply(settings(new Source(Kind.TEST, ""), 640, 480, 5))
                .open()) {
            while (sums.size() < 4) {
                Jpeg jpeg = test.next().image();
                if (sums.add(jpeg.sha256())) {
                    all.writeBytes(ByteBuffer.allocate(4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(jpeg.length())
                            .array());
                    all.writeBytes(jpeg.toBytes());
                }
            }
        }
        Files.write(FEED, all.toByteArray());
        return sums;
    }

    private void refused(String device, String expected) {
        long begun = System.nanoTime();
        String said = refusal(device);
        check("refused", said.contains(expected), millisSince(begun) + ": " + said);
    }

    private static String refusal(String device) {
        try (FrameSource source = new Sources(InstantSource.system())
                .apply(settings(new Source(Kind.V4L2, device), 640, 480, 5))
                .open()) {
            return "opened " + source;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static Cameras open(String device, int width, int height, int readTimeoutSeconds) {
        Cameras cameras = new Cameras(new Sources(InstantSource.system()), new Events(), InstantSource.system());
        cameras.apply(Map.of("front", settings(new Source(Kind.V4L2, device), width, height, readTimeoutSeconds)));
        return cameras;
    }

    private static DeviceSettings settings(Source source, int width, int height, int readTimeoutSeconds) {
        return new DeviceSettings(
                source,
                "",
                Secret.NONE,
                width,
                height,
                15,
                Duration.ZERO,
                Duration.ofSeconds(readTimeoutSeconds),
                Duration.ZERO);
    }

    private static Camera camera(Cameras cameras) {
        return cameras.find("front").orElseThrow();
    }

    private static Frame frame(Cameras cameras) throws InterruptedException {
        return camera(cameras).frameTakenAfter(System.nanoTime(), PATIENCE).orElseThrow();
    }

    private static CameraStatus await(Cameras cameras, CameraStatus.State state) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        CameraStatus status = camera(cameras).status();
        while (status.state() != state && System.nanoTime() < end) {
            Thread.sleep(5);
            status = camera(cameras).status();
        }
        if (status.state() != state) {
            throw new IllegalStateException("not " + state + " but " + status);
        }
        return status;
    }

    /** A device of vivid: the one for pictures, or the one for data about them. */
    private static String node(boolean pictures) throws IOException {
        try (DirectoryStream<Path> nodes =
                Files.newDirectoryStream(Path.of("/sys/bus/platform/devices/vivid.0/video4linux"), "video*")) {
            for (Path node : nodes) {
                if (pictures == Files.readString(node.resolve("index")).strip().equals("0")) {
                    return "/dev/" + node.getFileName();
                }
            }
        }
        throw new IOException("vivid has no such device");
    }

    private static void signal(Process process, String signal) throws Exception {
        command("/bin/busybox", "kill", "-" + signal, Long.toString(process.pid()));
    }

    private static String command(String... command) throws Exception {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return said;
    }

    private static String size(Frame frame) {
        return frame.image().width() + "x" + frame.image().height();
    }

    private static String millisSince(long begun) {
        return millis(System.nanoTime() - begun);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    private void check(String what, boolean ok, String seen) {
        failures += ok ? 0 : 1;
        say((ok ? "ok   " : "FAIL ") + what + (seen.isEmpty() ? "" : ": " + seen));
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
