package io.edgecam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ContactPrintTest {
    private static final Instant MORNING = Instant.parse("2026-11-21T05:00:00.123Z");
    private static final int ASKED = 50;
    private static final int ABOVE = 64;

    @TempDir
    Path folder;

    /** Size, sampling of luma, MCUs between restart markers, own Huffman tables. */
    @ParameterizedTest
    @CsvSource({
        "640, 480, 2x2, 0, false",
        "640, 480, 2x2, 40, false",
        "640, 480, 2x2, 7, false",
        "640, 480, 2x2, 13, true",
        "640, 480, 2x2, 0, true",
        "640, 480, 2x1, 0, false",
        "640, 480, 1x2, 0, false",
        "640, 480, 1x1, 0, false",
        "640, 480, grey, 0, false",
        "641, 479, 2x2, 0, false",
        "641, 473, 1x1, 5, false",
        "641, 475, grey, 9, true",
        "1920, 1080, 2x2, 0, false",
    })
    void keepsEverySampleOfThePicture(int width, int height, String sampling, int restart, boolean optimised)
            throws Exception {
        Jpeg picture = sample(width, height, sampling, restart, optimised);

        Jpeg below = print(picture, look(0, Flip.NONE, Place.BELOW));
        assertThat(below.height()).isEqualTo(height + ASKED);
        sameSamples(picture, below, 0, sampling);
        samePixels(picture, below, 0, sampling, height - 1);

        Jpeg above = print(picture, look(0, Flip.NONE, Place.ABOVE));
        assertThat(above.height()).isEqualTo(height + ABOVE);
        sameSamples(picture, above, ABOVE, sampling);
        samePixels(picture, above, ABOVE, sampling, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "640x480, yuvj420p, default, 2x2",
        "640x480, yuvj420p, optimal, 2x2",
        "642x478, yuvj422p, optimal, 2x1",
        "1920x1080, yuvj420p, default, 2x2"
    })
    void keepsEverySampleOfAFrameThatFfmpegMade(String size, String format, String huffman, String sampling)
            throws Exception {
        Jpeg picture = Planes.frameOfFfmpeg(size, format, huffman);

        sameSamples(picture, print(picture, look(0, Flip.NONE, Place.BELOW)), 0, sampling);
        sameSamples(picture, print(picture, look(0, Flip.NONE, Place.ABOVE)), ABOVE, sampling);
    }

    @Test
    void keepsEverySampleOfTheTestCamera() throws Exception {
        DeviceSettings.Source test = new DeviceSettings.Source(DeviceSettings.Kind.TEST, "");
        Duration none = Duration.ZERO;
        DeviceSettings settings =
                new DeviceSettings(test, "", Secret.NONE, 640, 360, 100, none, Duration.ofSeconds(5), none);
        try (FrameSource source =
                new Sources(InstantSource.system()).apply(settings).open()) {
            Jpeg picture = source.next().image();

            sameSamples(picture, print(picture, look(0, Flip.NONE, Place.BELOW)), 0, "2x2");
        }
    }

    /** At 472 rows the last MCUs' fill takes eight of the strip's. */
    @ParameterizedTest
    @CsvSource({
        "480, 2x2, 0, false, 50",
        "480, 2x2, 7, true, 50",
        "480, 1x1, 0, false, 50",
        "480, grey, 0, false, 50",
        "472, 2x2, 0, false, 42"
    })
    void writesReadableWhiteLettersOnBlack(int height, String sampling, int restart, boolean optimised, int rows)
            throws Exception {
        Jpeg picture = sample(640, height, sampling, restart, optimised);
        BufferedImage below = pixels(print(picture, look(0, Flip.NONE, Place.BELOW)));
        BufferedImage drawn = new BufferedImage(640, rows, BufferedImage.TYPE_BYTE_GRAY);
        StampLine.draw(drawn, new java.awt.Rectangle(0, 0, 640, rows), StampLine.Ground.BLACK, "Gate 7", "05:00");

        long difference = 0;
        for (int y = 2; y < rows; y++) {
            for (int x = 0; x < 640; x++) {
                int wanted = drawn.getRaster().getSample(x, y, 0);
                int rgb = below.getRGB(x, below.getHeight() - rows + y);
                for (int shift = 0; shift <= 16; shift += 8) {
                    int is = rgb >> shift & 0xFF;
                    assertThat(Math.abs(is - wanted)).isLessThan(70);
                    difference += Math.abs(is - wanted);
                }
            }
        }
        assertThat(difference / 3.0 / 640 / (rows - 2)).isLessThan(2);
    }

    /** Whole MCUs, and such sides as end within one but are not mirrored. */
    @ParameterizedTest
    @CsvSource({
        "90, NONE, 640, 480, 1x1",
        "180, NONE, 640, 480, 2x2",
        "270, NONE, 640, 480, 2x2",
        "0, HORIZONTAL, 640, 473, 2x2",
        "0, VERTICAL, 635, 480, 2x1",
        "0, BOTH, 640, 480, grey",
        "90, HORIZONTAL, 635, 475, 2x2",
        "270, VERTICAL, 633, 470, grey",
        "90, BOTH, 640, 475, 2x1",
        "270, HORIZONTAL, 640, 480, 1x2"
    })
    void movesSamplesAsThePixelsWouldBe(int rotate, Flip flip, int width, int height, String sampling)
            throws Exception {
        Jpeg picture = sample(width, height, sampling, 0, false);
        LookSettings look = look(rotate, flip, Place.NONE);

        Jpeg turned = print(picture, look);

        boolean transposed = rotate % 180 != 0;
        String turnedSampling =
                transposed && !sampling.equals("grey") ? sampling.charAt(2) + "x" + sampling.charAt(0) : sampling;
        Planes before = Planes.of(picture, folder, sampling);
        Planes after = Planes.of(turned, folder, turnedSampling);
        for (int i = 0; i < before.all().size(); i++) {
            turnedPlane(before.all().get(i), after.all().get(i), Symmetry.of(look));
        }
        BufferedImage drawn = drawnTurned(picture, look);
        assertThat(meanDifference(drawn, pixels(turned))).isLessThan(sampling.equals("1x1") ? 0.5 : 1.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2x2", "2x1", "1x1", "grey"})
    void comesBackToTheSameSamplesAfterFourQuarterTurnsAndTwoOfEachFlip(String sampling) throws Exception {
        Jpeg picture = sample(640, 480, sampling, 7, true);
        Jpeg turned = picture;
        for (int i = 0; i < 4; i++) {
            turned = print(turned, look(90, Flip.NONE, Place.NONE));
        }
        for (Flip flip : List.of(Flip.HORIZONTAL, Flip.VERTICAL, Flip.BOTH, Flip.HORIZONTAL, Flip.VERTICAL)) {
            turned = print(turned, look(0, flip, Place.NONE));
        }
        turned = print(turned, look(0, Flip.BOTH, Place.NONE));

        sameSamples(picture, turned, 0, sampling);
    }

    @Test
    void turnsAndStampsAtOnce() throws Exception {
        Jpeg picture = sample(640, 480, "2x2", 0, false);
        Jpeg turned = print(picture, look(90, Flip.NONE, Place.NONE));

        sameSamples(turned, print(picture, look(90, Flip.NONE, Place.BELOW)), 0, "2x2");
        sameSamples(turned, print(picture, look(90, Flip.NONE, Place.ABOVE)), ABOVE, "2x2");
    }

    @Test
    void needsDecodingWhereSidesEndWithinAnMcuThatIsMirrored() throws Exception {
        Jpeg picture = sample(640, 472, "2x2", 0, false);

        assertThatThrownBy(() -> print(picture, look(180, Flip.NONE, Place.BELOW)))
                .isInstanceOf(NeedsDecoding.class)
                .hasMessageContaining("MCU");
        assertThat(develop(picture, look(180, Flip.NONE, Place.BELOW)).height()).isEqualTo(472 + ASKED);
    }

    @Test
    void needsDecodingWhereTooLittleOfTheStripWouldBeLeft() throws Exception {
        Jpeg picture = sample(640, 481, "2x2", 0, false);

        assertThatThrownBy(() -> print(picture, look(0, Flip.NONE, Place.BELOW)))
                .isInstanceOf(NeedsDecoding.class)
                .hasMessageContaining("fill");
        assertThat(develop(picture, look(0, Flip.NONE, Place.BELOW)).height()).isEqualTo(481 + ASKED);
    }

    @Test
    void decodesAProgressivePicture() throws Exception {
        Jpeg picture = SampleJpegs.progressive(SampleJpegs.scene(640, 480, BufferedImage.TYPE_3BYTE_BGR));

        assertThatThrownBy(() -> print(picture, look(0, Flip.NONE, Place.BELOW)))
                .isInstanceOf(NeedsDecoding.class)
                .hasMessageContaining("progressive");
        assertThat(develop(picture, look(90, Flip.NONE, Place.BELOW)).height()).isEqualTo(640 + ASKED);
    }

    /** 131,070 MCUs: more than a restart interval can count, which is not needed here. */
    @Test
    void stampsPicturesOfAnyNumberOfMcus() throws Exception {
        Jpeg picture =
                SampleJpegs.coded(new BufferedImage(4_096, 2_048, BufferedImage.TYPE_3BYTE_BGR), 50, "1x1", 0, false);

        assertThat(print(picture, look(0, Flip.NONE, Place.BELOW)).height()).isEqualTo(2_048 + ASKED);
    }

    private static Jpeg print(Jpeg picture, LookSettings look) throws Exception {
        return ContactPrint.of(picture, look, "Gate 7", "05:00");
    }

    private static Jpeg develop(Jpeg picture, LookSettings look) throws Exception {
        return new Darkroom().develop(new Frame("front", 1, MORNING, 0, picture), look, "");
    }

    private static Jpeg sample(int width, int height, String sampling, int restart, boolean optimised)
            throws Exception {
        boolean grey = sampling.equals("grey");
        int kind = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        return SampleJpegs.coded(
                SampleJpegs.scene(width, height, kind), 85, grey ? "1x1" : sampling, restart, optimised);
    }

    private static LookSettings look(int rotate, Flip flip, Place place) {
        StampSettings stamp = new StampSettings(place, new Strftime("%H:%M"), "", ZoneOffset.UTC, ASKED);
        return new LookSettings(rotate, flip, Region.ALL, List.of(), 85, stamp, false);
    }

    private void sameSamples(Jpeg picture, Jpeg print, int top, String sampling) throws Exception {
        Planes before = Planes.of(picture, folder, sampling);
        Planes after = Planes.of(print, folder, sampling);
        for (int i = 0; i < before.all().size(); i++) {
            Planes.Plane one = before.all().get(i);
            Planes.Plane other = after.all().get(i);
            int down = i == 0 || sampling.equals("grey") ? 1 : sampling.charAt(2) - '0';
            assertThat(other.width()).isEqualTo(one.width());
            for (int y = 0; y < one.height(); y++) {
                for (int x = 0; x < one.width(); x++) {
                    if (one.at(x, y) != other.at(x, y + top / down)) {
                        assertThat(other.at(x, y + top / down))
                                .as("plane %d at %d,%d", i, x, y)
                                .isEqualTo(one.at(x, y));
                    }
                }
            }
        }
    }

    /** @param seam the row that may differ where colour is kept at half the height: decoders mix it with its neighbour */
    private static void samePixels(Jpeg picture, Jpeg print, int top, String sampling, int seam) throws Exception {
        BufferedImage before = pixels(picture);
        BufferedImage after = pixels(print);
        boolean mixed = sampling.endsWith("2");
        for (int y = 0; y < picture.height(); y++) {
            if (mixed && y == seam) {
                continue;
            }
            int[] row = before.getRGB(0, y, picture.width(), 1, null, 0, picture.width());
            int[] same = after.getRGB(0, y + top, picture.width(), 1, null, 0, picture.width());
            assertThat(same).as("row %d", y).isEqualTo(row);
        }
    }

    /** The inverse cosine transform goes over rows and columns with different roundings: one step, seldom two. */
    private static void turnedPlane(Planes.Plane before, Planes.Plane after, Symmetry symmetry) {
        long difference = 0;
        for (int y = 0; y < after.height(); y++) {
            for (int x = 0; x < after.width(); x++) {
                int column = symmetry.mirrored() ? after.width() - 1 - x : x;
                int row = symmetry.upended() ? after.height() - 1 - y : y;
                int was = symmetry.transposed() ? before.at(row, column) : before.at(column, row);
                int step = Math.abs(after.at(x, y) - was);
                if (step > 2) {
                    assertThat(step).as("at %d,%d", x, y).isLessThanOrEqualTo(2);
                }
                difference += step;
            }
        }
        assertThat(difference / (double) after.width() / after.height()).isLessThan(0.2);
    }

    private static BufferedImage drawnTurned(Jpeg picture, LookSettings look) throws Exception {
        Layout layout = Layout.of(picture, look);
        BufferedImage canvas = layout.newCanvas();
        Turn.draw(Codec.decode(picture), look, layout.region(), canvas, new java.awt.Point());
        return canvas;
    }

    private static double meanDifference(BufferedImage one, BufferedImage other) {
        assertThat(other.getWidth()).isEqualTo(one.getWidth());
        assertThat(other.getHeight()).isEqualTo(one.getHeight());
        long sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    sum += Math.abs((one.getRGB(x, y) >> shift & 0xFF) - (other.getRGB(x, y) >> shift & 0xFF));
                }
            }
        }
        return sum / 3.0 / one.getWidth() / one.getHeight();
    }

    /** Drawn, because an image of grey bytes answers for its colours with a curve of its own. */
    private static BufferedImage pixels(Jpeg jpeg) throws Exception {
        BufferedImage canvas = new BufferedImage(jpeg.width(), jpeg.height(), BufferedImage.TYPE_3BYTE_BGR);
        assertThat(canvas.createGraphics().drawImage(ImageIO.read(jpeg.open()), 0, 0, null))
                .isTrue();
        return canvas;
    }
}
