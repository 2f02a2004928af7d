package io.edgecam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Strftime;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.StampSettings;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class QualityTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private final BufferedImage scene = SampleJpegs.scene(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);

    @ParameterizedTest
    @CsvSource({"2x2, 0", "2x1, 9", "1x1, 0"})
    void measuresCoefficientsAsItWouldMeasurePixels(String sampling, int restart) throws Exception {
        Jpeg jpeg = SampleJpegs.coded(scene, 90, sampling, restart, false);

        Quality coded = Quality.of(jpeg);
        Quality decoded = LumaBlocks.decoded(jpeg);

        assertThat(coded.brightness()).isCloseTo(decoded.brightness(), within(1.0));
        assertThat(coded.sharpness()).isCloseTo(decoded.sharpness(), Percentage.withPercentage(5));
        assertThat(coded.structure()).isCloseTo(decoded.structure(), within(0.01));
        assertThat(coded.view()).isNotEqualTo(decoded.view());
    }

    @Test
    void countsBrightnessFromBlackToWhite() throws Exception {
        assertThat(Quality.of(plain(Color.BLACK, 0)).brightness()).isCloseTo(0, within(1.0));
        assertThat(Quality.of(plain(Color.GRAY, 0)).brightness()).isCloseTo(128, within(1.0));
        assertThat(Quality.of(plain(Color.WHITE, 0)).brightness()).isCloseTo(255, within(1.0));
    }

    @Test
    void findsABlurredViewLessThanATenthAsSharp() throws Exception {
        Quality sharp = Quality.of(SampleJpegs.encode(scene, 85));
        Quality blurred = Quality.of(SampleJpegs.encode(blurred(scene), 85));

        assertThat(blurred.sharpness()).isLessThan(sharp.sharpness() / 10);
        assertThat(sharp.covered()).isFalse();
        assertThat(blurred.covered()).isFalse();
    }

    @Test
    void findsADimViewDarkAndNotCovered() throws Exception {
        BufferedImage dim = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = dim.createGraphics();
        pen.drawImage(scene, 0, 0, null);
        pen.setColor(new Color(0, 0, 0, 180));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.dispose();

        Quality quality = Quality.of(SampleJpegs.encode(dim, 85));

        assertThat(quality.brightness()).isLessThan(50);
        assertThat(quality.covered()).isFalse();
    }

    @Test
    void findsALensCoveredThatShowsNothingButNoise() throws Exception {
        assertThat(Quality.of(plain(Color.BLACK, 0)).covered()).isTrue();
        assertThat(Quality.of(plain(Color.BLACK, 10)).covered()).isTrue();
        assertThat(Quality.of(plain(Color.GRAY, 10)).covered()).isTrue();
        assertThat(LumaBlocks.decoded(plain(Color.GRAY, 10)).covered()).isTrue();
    }

    @Test
    void findsALensCoveredByAHandThatLetsLightThroughUnderTheClockOfTheCamera() throws Exception {
        BufferedImage hand = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = hand.createGraphics();
        Color[] light = {new Color(110, 30, 20), new Color(30, 8, 5)};
        pen.setPaint(new RadialGradientPaint(WIDTH / 3f, HEIGHT / 2f, WIDTH / 1.5f, new float[] {0, 1}, light));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setColor(Color.WHITE);
        pen.drawString("2026-11-21 05:00:00 Camera 01", 10, 20);
        pen.dispose();

        assertThat(Quality.of(SampleJpegs.encode(hand, 85)).covered()).isTrue();
    }

    @Test
    void knowsARepeatedFrameByItsViewWhateverItsHeaderAndItsHuffmanTablesAre() throws Exception {
        Jpeg frame = SampleJpegs.coded(scene, 85, "2x2", 0, false);
        Jpeg newHeader = withExif(frame);
        Jpeg otherTables = SampleJpegs.coded(scene, 85, "2x2", 7, true);

        assertThat(newHeader).isNotEqualTo(frame);
        assertThat(Quality.of(newHeader).sameViewAs(Quality.of(frame))).isTrue();
        assertThat(Quality.of(otherTables).sameViewAs(Quality.of(frame))).isTrue();
    }

    @Test
    void knowsTheNextFrameOfAStillViewByTheNoiseOfTheSensor() throws Exception {
        Random random = new Random(3);
        BufferedImage next = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        next.setData(scene.getData());
        for (int i = 0; i < 200; i++) {
            int x = random.nextInt(WIDTH);
            int y = random.nextInt(HEIGHT);
            next.setRGB(x, y, next.getRGB(x, y) ^ 0x080808);
        }

        assertThat(Quality.of(SampleJpegs.encode(next, 85)).sameViewAs(Quality.of(SampleJpegs.encode(scene, 85))))
                .isFalse();
    }

    @Test
    void decodesAProgressivePictureToMeasureIt() throws Exception {
        Quality progressive = Quality.of(SampleJpegs.progressive(scene));

        assertThat(progressive.brightness())
                .isCloseTo(Quality.of(SampleJpegs.encode(scene, 85)).brightness(), within(2.0));
        assertThat(progressive.sameViewAs(Quality.of(SampleJpegs.progressive(scene)))).isTrue();
    }

    private static Jpeg plain(Color color, int noise) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(5);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int level = Math.max(0, Math.min(255, color.getRed() + (int) (random.nextGaussian() * noise)));
            image.setRGB(i % WIDTH, i / WIDTH, level << 16 | level << 8 | level);
        }
        return SampleJpegs.encode(image, 85);
    }

    private static BufferedImage blurred(BufferedImage image) {
        BufferedImage small = new BufferedImage(WIDTH / 16, HEIGHT / 16, BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage large = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        draw(image, small);
        draw(small, large);
        return large;
    }

    private static void draw(BufferedImage from, BufferedImage to) {
        Graphics2D pen = to.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(from, 0, 0, to.getWidth(), to.getHeight(), null);
        pen.dispose();
    }

    private static Jpeg withExif(Jpeg image) throws Exception {
        StampSettings none = new StampSettings(
                StampSettings.Place.NONE, new Strftime("%H:%M"), "", ZoneOffset.UTC, 50);
        LookSettings look = new LookSettings(
                0, LookSettings.Flip.NONE, LookSettings.Region.ALL, List.of(), 85, none, true);
        return new Darkroom().develop(new Frame("front", 1, Instant.EPOCH, 0, image), look, "");
    }
}
