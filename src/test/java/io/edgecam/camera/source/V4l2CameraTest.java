package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgecam.camera.FrameSource;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.DeviceSettings.Kind;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the real V4L2 code of OpenCV, in a process whose calls to the device are answered by src/test/v4l2/shim.c. */
@Timeout(90)
class V4l2CameraTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final String SIZE = WIDTH + "x" + HEIGHT;

    @TempDir
    static Path built;

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Path device = Path.of("");
    private Path control = Path.of("");
    private int readTimeoutSeconds = 5;
    private int askedWidth = WIDTH;

    @BeforeAll
    static void buildTheShim() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "V4L2 is a thing of Linux");
        int result = -1;
        try {
            result = new ProcessBuilder(
                            "gcc", "-shared", "-fPIC", "-pthread", "-o", shim().toString(), "src/test/v4l2/shim.c")
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            assumeTrue(false, "gcc is needed to build the played camera: " + e.getMessage());
        }
        assertThat(result).isZero();
    }

    /** What is at the camera's path in truth is a character device that nobody here has open. */
    @BeforeEach
    void plugIn() throws Exception {
        device = folder.resolve("video0");
        control = Files.createDirectory(folder.resolve("control"));
        Files.createSymbolicLink(device, Path.of("/dev/full"));
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        Files.deleteIfExists(device);
    }

    @Test
    void passesTheJpegsOfTheCameraOnByteForByte() throws Exception {
        List<Jpeg> sent = pictures(4);
        play(sent);
        Set<String> seen = new HashSet<>();
        Run run = new Run("camera");
        while (seen.size() < sent.size()) {
            String[] words = run.awaitLine("frame ").split(" ", -1);
            assertThat(sums(sent)).contains(words[1]);
            assertThat(Long.parseLong(words[2])).isBetween(0L, TimeUnit.SECONDS.toNanos(20));
            seen.add(words[1]);
        }
    }

    @Test
    void cutsOffWhatComesAfterTheEndOfAJpeg() throws Exception {
        List<Jpeg> sent = pictures(2);
        playBytes(
                sent.stream().map(jpeg -> concat(jpeg.toBytes(), new byte[77])).toList());
        Run run = new Run("source");
        for (int i = 0; i < 4; i++) {
            assertThat(run.awaitLine("frame ").split(" ", -1)).contains("0").containsAnyElementsOf(sums(sent));
        }
    }

    @Test
    void putsInTheHuffmanTablesThatACameraLeavesOut() throws Exception {
        Jpeg picture = pictures(1).get(0);
        playBytes(List.of(withoutTables(picture.toBytes())));

        String[] words = new Run("source").awaitLine("frame ").split(" ", -1);

        assertThat(words[2]).isEqualTo("0");
        assertThat(words[4]).isEqualTo(Colour.of(picture).toString());
    }

    /** OpenCV reads over the first frame by itself. */
    @Test
    void dropsAndCountsDamagedPicturesAndReadsOn() throws Exception {
        Jpeg good = pictures(1).get(0);
        byte[] bytes = good.toBytes();
        byte[] garbage = new byte[5_000];
        Arrays.fill(garbage, (byte) 0x55);
        playBytes(List.of(
                bytes,
                Arrays.copyOf(bytes, bytes.length / 2),
                garbage,
                Arrays.copyOf(bytes, bytes.length - 2),
                new byte[0],
                new byte[1]));
        Run run = new Run("source");
        for (int damaged = 5; damaged <= 20; damaged += 5) {
            assertThat(run.awaitLine("frame ")).startsWith("frame " + good.sha256() + " " + damaged + " ");
        }
    }

    @Test
    void givesUpADeviceThatSendsOnlyDamagedPictures() throws Exception {
        playBytes(List.of(new byte[5_000]));

        assertThat(new Run("source").awaitLine("error "))
                .contains(device.toString(), "20 damaged pictures in a row", "another cable or port");
    }

    @Test
    void makesJpegsOfThePicturesOfACameraThatHasNone() throws Exception {
        environment.put("SHIM_FORMAT", "YUYV");
        byte[] red = new byte[WIDTH * HEIGHT * 2];
        for (int i = 0; i < red.length; i += 4) {
            red[i] = 81;
            red[i + 1] = 90;
            red[i + 2] = 81;
            red[i + 3] = (byte) 240;
        }
        playBytes(List.of(red));
        Run run = new Run("source");

        assertThat(run.awaitLine("")).contains("gives " + SIZE, "not as JPEG, so its pictures are encoded here");
        String[] words = run.awaitLine("frame ").split(" ", -1);
        assertThat(words[3]).isEqualTo(SIZE);
        assertThat(words[4]).matches("2[45]\\d,\\d,\\d");
    }

    @Test
    void makesJpegsOfAGreyCamera() throws Exception {
        environment.put("SHIM_FORMAT", "GREY");
        byte[] grey = new byte[WIDTH * HEIGHT];
        Arrays.fill(grey, (byte) 100);
        playBytes(List.of(grey));

        assertThat(new Run("source").awaitLine("frame ")).endsWith(SIZE + " 100,100,100");
    }

    @Test
    void tellsOnceWhatTheDeviceMadeOfTheWishes() throws Exception {
        play(pictures(2));
        askedWidth = 640;
        Run run = new Run("camera");

        assertThat(run.awaitLine("", "gives"))
                .contains(device + " gives " + SIZE + " at 30 frames a second; asked were 640x" + HEIGHT
                        + " at 30 frames a second");
        run.awaitLine("frame ");
        unplug();
        run.awaitLine("state lost");
        plugInAgain();
        assertThat(run.linesUntil("frame ")).noneMatch(line -> line.contains("asked were"));
    }

    @Test
    void isLostWhenItIsUnpluggedAndFoundWhenItIsBack() throws Exception {
        play(pictures(2));
        Run run = new Run("camera");
        run.awaitLine("frame ");
        unplug();

        assertThat(run.awaitLine("state lost")).contains(device + " is not there: plug the camera in");
        run.awaitLine("event cameraLost");
        plugInAgain();
        run.awaitLine("event cameraFound");
        run.awaitLine("frame ");
    }

    @Test
    void isLostWhenItHangsAndLiveWhenItDeliversAgain() throws Exception {
        play(pictures(2));
        readTimeoutSeconds = 1;
        Run run = new Run("camera");
        run.awaitLine("frame ");
        Path silent = Files.createFile(control.resolve("silent"));

        assertThat(run.awaitLine("state lost")).contains("gave no frame in 1 s (readTimeoutSeconds)");
        Files.delete(silent);
        run.awaitLine("frame ");
    }

    @Test
    void saysSoItselfIfOpenCvHasWaitedLongEnough() throws Exception {
        play(pictures(2));
        environment.put("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "1");
        Run run = new Run("source");
        run.awaitLine("frame ");
        Files.createFile(control.resolve("silent"));

        assertThat(run.awaitLine("error ")).contains(device + " sent no picture for 1 s: it hangs");
    }

    @Test
    void waitsForADeviceThatAnotherProgramUses() throws Exception {
        play(pictures(2));
        Process other = new ProcessBuilder("sleep", "1000")
                .redirectInput(device.toFile())
                .start();
        open.add(other::destroyForcibly);
        Path busy = Files.createFile(control.resolve("busy"));
        Run run = new Run("camera");

        assertThat(run.awaitLine("state lost"))
                .contains(device + " is in use by process " + other.pid() + " (sleep): end that");
        Files.delete(busy);
        run.awaitLine("frame ");
    }

    @Test
    void saysSoIfTheUserOfTheDeviceCannotBeSeen() throws Exception {
        play(pictures(2));
        Files.createFile(control.resolve("busy"));

        assertThat(new Run("source").awaitLine("error "))
                .contains("another program uses it", "outside of this container");
    }

    @Test
    void saysWhatToDoIfTheBusHasNoRoom() throws Exception {
        play(pictures(2));
        Files.createFile(control.resolve("noroom"));

        assertThat(new Run("source").awaitLine("error "))
                .contains("does not start", "smaller width, height or framerate, or another port");
    }

    @Test
    void neverTakesAFrameThatWaitedForANewOne() throws Exception {
        playBytes(List.of(withPlaceForTheMoment(pictures(1).get(0).toBytes())));
        environment.put("SHIM_STAMP", "driver");

        assertThat(lateFrames())
                .allSatisfy(late -> assertThat(late.claim()).isBetween(late.truth() - 1_000, late.truth()));
    }

    @Test
    void neverTakesAFrameWithoutAStampForANewOneIfItWaited() throws Exception {
        playBytes(List.of(withPlaceForTheMoment(pictures(1).get(0).toBytes())));
        environment.put("SHIM_STAMP", "none");

        List<Late> frames = lateFrames();
        assertThat(frames).allSatisfy(late -> assertThat(late.claim()).isLessThanOrEqualTo(late.truth()));
        assertThat(frames.get(frames.size() - 1).claim()).isPositive();
    }

    private record Late(long truth, long claim) {}

    /** Frames after a pause: the first ones are from before the moment zero, the last ones are not. */
    private List<Late> lateFrames() throws Exception {
        Run run = new Run("late");
        List<Late> frames = new ArrayList<>();
        while (frames.size() < 12) {
            String[] words = run.awaitLine("taken ").split(" ", -1);
            frames.add(new Late(Long.parseLong(words[1]), Long.parseLong(words[2])));
        }
        assertThat(frames.get(0).truth()).isNegative();
        assertThat(frames.get(11).truth()).isPositive();
        return frames;
    }

    private void unplug() throws IOException {
        Files.delete(device);
        Files.createFile(control.resolve("gone"));
    }

    private void plugInAgain() throws IOException {
        Files.delete(control.resolve("gone"));
        Files.createSymbolicLink(device, Path.of("/dev/full"));
    }

    private static Path shim() {
        return built.resolve("shim.so");
    }

    /** Different ones. */
    private static List<Jpeg> pictures(int count) throws Exception {
        List<Jpeg> pictures = new ArrayList<>();
        FrameSource.Opener camera =
                new Sources(InstantSource.system()).apply(SourceSettings.of(Kind.TEST, "", WIDTH, HEIGHT, 100));
        try (FrameSource source = camera.open()) {
            while (pictures.size() < count) {
                pictures.add(source.next().image());
            }
        }
        return pictures;
    }

    private void play(List<Jpeg> pictures) throws IOException {
        playBytes(pictures.stream().map(Jpeg::toBytes).toList());
    }

    private void playBytes(List<byte[]> frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(frame.length)
                    .array());
            all.writeBytes(frame);
        }
        Files.write(folder.resolve("frames"), all.toByteArray());
    }

    private static Set<String> sums(List<Jpeg> pictures) {
        return pictures.stream().map(Jpeg::sha256).collect(Collectors.toSet());
    }

    private static byte[] concat(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    /** With a comment that the shim fills in. */
    private static byte[] withPlaceForTheMoment(byte[] jpeg) {
        byte[] comment = "\0\0\0\26made@@@@@@@@@@@@@@@@".getBytes(ISO_8859_1);
        comment[0] = (byte) 0xFF;
        comment[1] = (byte) 0xFE;
        return concat(concat(Arrays.copyOf(jpeg, 2), comment), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    /** Without the segments that define Huffman tables (DHT). */
    private static byte[] withoutTables(byte[] jpeg) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(jpeg, 0, 2);
        int position = 2;
        while (jpeg[position + 1] != (byte) 0xDA) {
            int length = 2 + ((jpeg[position + 2] & 0xFF) << 8 | (jpeg[position + 3] & 0xFF));
            if (jpeg[position + 1] != (byte) 0xC4) {
                rest.write(jpeg, position, length);
            }
            position += length;
        }
        rest.write(jpeg, position, jpeg.length - position);
        return rest.toByteArray();
    }

    /** A process that looks at the played camera. */
    private final class Run {
        private final BufferedReader lines;

        Run(String what) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            V4l2Player.class.getName(),
                            what,
                            device.toString(),
                            Integer.toString(askedWidth),
                            Integer.toString(HEIGHT),
                            Integer.toString(readTimeoutSeconds),
                            control.toString()))
                    .redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "LD_PRELOAD",
                            shim().toString(),
                            "SHIM_DEVICE",
                            device.toString(),
                            "SHIM_FRAMES",
                            folder.resolve("frames").toString(),
                            "SHIM_CONTROL",
                            control.toString(),
                            "SHIM_WIDTH",
                            Integer.toString(WIDTH),
                            "SHIM_HEIGHT",
                            Integer.toString(HEIGHT)));
            builder.environment().putAll(environment);
            Process process = builder.start();
            open.add(process::destroyForcibly);
            this.lines = process.inputReader(UTF_8);
        }

        String awaitLine(String start) throws IOException {
            return awaitLine(start, "");
        }

        String awaitLine(String start, String part) throws IOException {
            List<String> before = read(start, part);
            String last = before.get(before.size() - 1);
            assertThat(last)
                    .as("a line that starts with '%s' and has '%s' in it, after:%n%s", start, part, before)
                    .startsWith(start)
                    .contains(part);
            return last;
        }

        List<String> linesUntil(String start) throws IOException {
            return read(start, "");
        }

        private List<String> read(String start, String part) throws IOException {
            List<String> before = new ArrayList<>(Stream.of("").toList());
            String line = lines.readLine();
            while (line != null) {
                before.add(line);
                if (line.startsWith(start) && line.contains(part)) {
                    return before;
                }
                line = lines.readLine();
            }
            before.add("(the end)");
            return before;
        }
    }
}
