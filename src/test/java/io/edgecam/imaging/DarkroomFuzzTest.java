package io.edgecam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Strftime;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.LookSettings.Flip;
import io.edgecam.settings.LookSettings.Point;
import io.edgecam.settings.LookSettings.Polygon;
import io.edgecam.settings.LookSettings.Region;
import io.edgecam.settings.StampSettings;
import io.edgecam.settings.StampSettings.Place;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged pictures through every look: each must end as a picture that decodes, or in {@link BadJpegException}. The damage
 * comes of the seeds, so that what fails can be repeated; {@code -Dedgecam.fuzz=100000} tries as many pictures in all.
 */
@Timeout(3_600)
class DarkroomFuzzTest {
    private static final int PICTURES = Integer.getInteger("edgecam.fuzz", 2_000);
    private static final int SEEDS = 5;
    private static final List<LookSettings> LOOKS = List.of(
            look(0, Flip.NONE, Place.BELOW, false),
            look(0, Flip.NONE, Place.ABOVE, false),
            look(90, Flip.NONE, Place.BELOW, false),
            look(180, Flip.NONE, Place.NONE, false),
            look(270, Flip.VERTICAL, Place.ABOVE, false),
            look(0, Flip.HORIZONTAL, Place.BELOW, false),
            look(0, Flip.NONE, Place.NONE, true));

    private final List<byte[]> samples = new ArrayList<>();
    private int developed;
    private int refusedAtOnce;
    private int refusedLater;
    private int measured;

    @BeforeEach
    void makeSamples() throws Exception {
        BufferedImage scene = SampleJpegs.scene(96, 64, BufferedImage.TYPE_3BYTE_BGR);
        for (String sampling : List.of("2x2", "2x1", "1x2", "1x1")) {
            samples.add(SampleJpegs.coded(scene, 80, sampling, 0, false).toBytes());
            samples.add(SampleJpegs.coded(scene, 80, sampling, 5, true).toBytes());
        }
        BufferedImage grey = SampleJpegs.scene(83, 61, BufferedImage.TYPE_BYTE_GRAY);
        samples.add(SampleJpegs.coded(grey, 80, "1x1", 0, false).toBytes());
        samples.add(SampleJpegs.progressive(scene).toBytes());
        Frame frame = new Frame("front", 1, Instant.EPOCH, 0, Jpeg.of(samples.get(0)));
        samples.add(new Darkroom().develop(frame, LOOKS.get(0), "").toBytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void makesAPictureOrSaysWhyNot(long seed, TestReporter reporter) throws Exception {
        Random random = new Random(seed);
        long heap = heapInUse();
        long start = System.nanoTime();
        for (int i = 0; i < PICTURES / SEEDS; i++) {
            byte[] damaged = damaged(random);
            LookSettings look = LOOKS.get(i % LOOKS.size());
            try {
                tryOne(damaged, look);
            } catch (Exception | AssertionError | OutOfMemoryError | StackOverflowError e) {
                fail("seed " + seed + ", picture " + i + ", " + look, e);
            }
        }
        reporter.publishEntry(
                "seed " + seed,
                developed + " developed, " + measured + " measured, " + refusedLater + " refused, " + refusedAtOnce
                        + " no JPEG, " + (System.nanoTime() - start) / 1_000_000_000 + " s, heap "
                        + (heapInUse() - heap) / 1_024 + " kB more");
        assertThat(developed).isPositive();
        assertThat(refusedLater).isPositive();
    }

    private void tryOne(byte[] damaged, LookSettings look) throws Exception {
        Jpeg jpeg;
        try {
            jpeg = Jpeg.of(damaged);
        } catch (BadJpegException e) {
            refusedAtOnce++;
            return;
        }
        try {
            Quality quality = Quality.of(jpeg);
            assertThat(quality.brightness()).isBetween(0.0, 255.0);
            assertThat(quality.sharpness()).isNotNegative().isFinite();
            assertThat(quality.structure()).isBetween(0.0, 1.0);
            measured++;
        } catch (BadJpegException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        Jpeg picture;
        try {
            picture = new Darkroom().develop(new Frame("front", 1, Instant.EPOCH, 0, jpeg), look, "");
        } catch (BadJpegException e) {
            assertThat(e.getMessage()).isNotBlank();
            refusedLater++;
            return;
        }
        Codec.decode(picture);
        developed++;
    }

    private byte[] damaged(Random random) {
        byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            bytes = switch (random.nextInt(7)) {
                case 0 -> hit(bytes, random, bytes.length);
                case 1 -> hit(bytes, random, Math.min(bytes.length, 700));
                case 2 -> cut(bytes, random);
                case 3 -> repeated(bytes, random);
                case 4 -> without(bytes, random);
                case 5 -> spliced(bytes, samples.get(random.nextInt(samples.size())), random);
                default -> withMarker(bytes, random);
            };
        }
        return bytes;
    }

    private static byte[] hit(byte[] bytes, Random random, int within) {
        for (int hits = 1 + random.nextInt(6); hits > 0; hits--) {
            int at = random.nextInt(within);
            bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1 << random.nextInt(8));
        }
        return bytes;
    }

    /** With an end mark, as a camera writes it that ran out of time. */
    private static byte[] cut(byte[] bytes, Random random) {
        byte[] cut = Arrays.copyOf(bytes, Math.max(4, random.nextInt(bytes.length)));
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;
        return cut;
    }

    private static byte[] repeated(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(400, bytes.length - from));
        return joined(bytes, from + length, bytes, from);
    }

    private static byte[] without(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(100, bytes.length - from));
        return joined(bytes, from, bytes, from + length);
    }

    private static byte[] spliced(byte[] one, byte[] other, Random random) {
        return joined(one, random.nextInt(one.length), other, random.nextInt(other.length));
    }

    private static byte[] withMarker(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length - 1);
        bytes[at] = (byte) 0xFF;
        bytes[at + 1] = (byte) (0xC0 + random.nextInt(64));
        return bytes;
    }

    private static byte[] joined(byte[] head, int headEnd, byte[] tail, int tailStart) {
        byte[] all = Arrays.copyOf(head, headEnd + tail.length - tailStart);
        System.arraycopy(tail, tailStart, all, headEnd, tail.length - tailStart);
        return all;
    }

    private static LookSettings look(int rotate, Flip flip, Place place, boolean masked) {
        StampSettings stamp = new StampSettings(place, new Strftime("%H:%M:%S"), "", ZoneOffset.UTC, 24);
        Polygon mask = new Polygon(List.of(new Point(0, 0), new Point(0.5, 0), new Point(0, 0.5)));
        return new LookSettings(rotate, flip, Region.ALL, masked ? List.of(mask) : List.of(), 85, stamp, masked);
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
