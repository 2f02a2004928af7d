package io.edgecam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DarkroomTest {
    private static final Instant MORNING = Instant.parse("2026-11-21T05:00:00.123Z");
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    /** Fifty rows, rounded up to whole MCUs. */
    private static final int ABOVE = 64;

    private final Darkroom darkroom = new Darkroom();
    private final Jpeg quarters = SampleJpegs.quarters(WIDTH, HEIGHT);

    @Test
    void handsOnTheVeryFrameWhenNothingMustChange() throws Exception {
        assertThat(develop(look(0, Flip.NONE), "")).isSameAs(quarters);
    }

    @Test
    void putsAStripOfFiftyPixelsBelowAndLeavesThePictureAlone() throws Exception {
        BufferedImage before = pixels(quarters);
        BufferedImage after = pixels(develop(stamped(Place.BELOW, ""), ""));

        assertThat(after.getWidth()).isEqualTo(WIDTH);
        assertThat(after.getHeight()).isEqualTo(HEIGHT + 50);
        assertThat(difference(before, after, 0)).isLessThan(3);
        assertThat(lightPixels(after, HEIGHT + 1, HEIGHT + 50)).isBetween(100, WIDTH * 50 / 3);
        assertThat(new Color(after.getRGB(WIDTH - 1, HEIGHT + 25)).getRed()).isLessThan(30);
    }

    @Test
    void putsTheStripAbove() throws Exception {
        BufferedImage after = pixels(develop(stamped(Place.ABOVE, ""), ""));

        assertThat(after.getHeight()).isEqualTo(HEIGHT + ABOVE);
        assertThat(difference(pixels(quarters), after, ABOVE)).isLessThan(3);
        assertThat(lightPixels(after, 0, ABOVE - 1)).isGreaterThan(100);
    }

    @Test
    void writesUponThePictureWithoutMakingItHigher() throws Exception {
        BufferedImage after = pixels(develop(stamped(Place.OVERLAY, ""), ""));

        assertThat(after.getHeight()).isEqualTo(HEIGHT);
        assertThat(lightPixels(after, HEIGHT - 50, HEIGHT)).isGreaterThan(100);
        assertThat(near(after, WIDTH / 4, HEIGHT / 4, Color.RED)).isTrue();
    }

    @Test
    void canDrawLettersBeyondAscii() throws Exception {
        BufferedImage umlaut = pixels(develop(stamped(Place.BELOW, "Gewächshaus"), ""));
        BufferedImage question = pixels(develop(stamped(Place.BELOW, "Gew?chshaus"), ""));
        BufferedImage plain = pixels(develop(stamped(Place.BELOW, "Gewachshaus"), ""));

        assertThat(difference(umlaut, question, 0)).isGreaterThan(0.01);
        assertThat(difference(umlaut, plain, 0)).isGreaterThan(0.001);
    }

    @Test
    void putsTheWordsOfTheOrderBeforeTheDate() throws Exception {
        BufferedImage without = pixels(develop(stamped(Place.BELOW, ""), ""));
        BufferedImage with = pixels(develop(stamped(Place.BELOW, ""), "No 7"));

        assertThat(lightPixels(with, HEIGHT, HEIGHT + 50)).isGreaterThan(lightPixels(without, HEIGHT, HEIGHT + 50));
    }

    @Test
    void cutsAHeadingThatIsTooLongAndKeepsTheMarginFree() throws Exception {
        BufferedImage after = pixels(develop(stamped(Place.BELOW, "A very long heading ".repeat(20)), ""));

        for (int y = HEIGHT + 2; y < HEIGHT + 50; y++) {
            assertThat(new Color(after.getRGB(WIDTH - 2, y)).getRed()).isLessThan(40);
        }
    }

    @Test
    void showsALineWithoutGlyphsAsQuestionMarks() throws Exception {
        BufferedImage unknown = pixels(develop(stamped(Place.BELOW, "\uD87E\uDC1F\uE123"), ""));
        BufferedImage question = pixels(develop(stamped(Place.BELOW, "??"), ""));

        assertThat(lightPixels(unknown, HEIGHT, HEIGHT + 50)).isGreaterThan(100);
        assertThat(question.getHeight()).isEqualTo(unknown.getHeight());
    }

    /** Corners clockwise from the upper left: red, green, blue, yellow before; what comes to the upper left after. */
    @ParameterizedTest
    @CsvSource({
        "0,NONE,640,red,green",
        "90,NONE,480,yellow,red",
        "180,NONE,640,blue,yellow",
        "270,NONE,480,green,blue",
        "0,HORIZONTAL,640,green,red",
        "0,VERTICAL,640,yellow,blue",
        "0,BOTH,640,blue,yellow",
        "90,HORIZONTAL,480,red,yellow",
        "270,VERTICAL,480,red,yellow"
    })
    void turnsThenFlips(int rotate, Flip flip, int width, String upperLeft, String upperRight) throws Exception {
        BufferedImage after = pixels(develop(look(rotate, flip), ""));

        assertThat(after.getWidth()).isEqualTo(width);
        assertThat(near(after, 10, 10, SampleJpegs.color(upperLeft))).isTrue();
        assertThat(near(after, width - 10, 10, SampleJpegs.color(upperRight))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90})
    void keepsOnlyTheRegionOfTheUprightPicture(int rotate) throws Exception {
        LookSettings look = new LookSettings(
                rotate, Flip.NONE, new Region(0.5, 0.5, 0.5, 0.25), List.of(), 95, stamp(Place.BELOW, ""), false);
        BufferedImage after = pixels(develop(look, ""));

        assertThat(after.getWidth()).isEqualTo((rotate == 0 ? WIDTH : HEIGHT) / 2);
        assertThat(after.getHeight()).isEqualTo((rotate == 0 ? HEIGHT : WIDTH) / 4 + 50);
        assertThat(near(after, 60, 30, rotate == 0 ? Color.BLUE : Color.GREEN)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void blackensMaskedPartsOnly(Place place) throws Exception {
        Polygon mask =
                new Polygon(List.of(new Point(0, 0), new Point(0.25, 0), new Point(0.25, 0.5), new Point(0, 0.5)));
        LookSettings look = new LookSettings(0, Flip.NONE, Region.ALL, List.of(mask), 95, stamp(place, ""), false);
        BufferedImage after = pixels(develop(look, ""));
        int top = place == Place.ABOVE ? ABOVE : 0;

        assertThat(near(after, 2, top + 2, Color.BLACK)).isTrue();
        assertThat(near(after, WIDTH / 4 - 4, top + HEIGHT / 2 - 4, Color.BLACK))
                .isTrue();
        assertThat(near(after, WIDTH / 4 + 8, top + 20, Color.RED)).isTrue();
        assertThat(near(after, 20, top + HEIGHT / 2 + 12, Color.YELLOW)).isTrue();
    }

    @Test
    void stampsAGreyPicture() throws Exception {
        BufferedImage grey = new BufferedImage(160, 120, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().getDataBuffer().setElem(0, 255);
        Jpeg jpeg = SampleJpegs.encode(grey, 90);
        Frame frame = new Frame("front", 1, MORNING, 0, jpeg);

        Jpeg after = darkroom.develop(frame, stamped(Place.BELOW, ""), "");

        assertThat(after.height()).isEqualTo(170);
    }

    @Test
    void refusesAPictureWhosePixelsWouldTakeMostOfTheMemory() throws Exception {
        Jpeg picture = Jpeg.of(Codec.encode(new BufferedImage(4000, 3000, BufferedImage.TYPE_3BYTE_BGR), 50));
        long small = 128L * 1024 * 1024;

        Codec.refuseBeyondMemory(picture, 2, small);
        assertThatThrownBy(() -> Codec.refuseBeyondMemory(picture, 3, small))
                .isInstanceOf(BadJpegException.class)
                .hasMessageContaining("4000x3000")
                .hasMessageContaining("102 MB")
                .hasMessageContaining("-Xmx");
    }

    @Test
    void refusesAFrameThatIsCutOffInTheMiddle() throws Exception {
        byte[] bytes = SampleJpegs.noise(WIDTH, HEIGHT).toBytes();
        byte[] torn = java.util.Arrays.copyOf(bytes, bytes.length / 2);
        torn[torn.length - 2] = (byte) 0xFF;
        torn[torn.length - 1] = (byte) 0xD9;
        Frame frame = new Frame("front", 1, MORNING, 0, Jpeg.of(torn));

        assertThatThrownBy(() -> darkroom.develop(frame, stamped(Place.BELOW, ""), ""))
                .isInstanceOf(BadJpegException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void refusesAnImageThatClaimsMorePixelsThanItsBytesCanHold() throws Exception {
        byte[] bytes = SampleJpegs.quarters(160, 120).toBytes();
        ByteBuffer file = ByteBuffer.wrap(bytes);
        int size = 0;
        while (file.getShort(size) != (short) 0xFFC0) {
            size++;
        }
        file.putShort(size + 5, (short) 7_000).putShort(size + 7, (short) 7_000);
        Frame frame = new Frame("front", 1, MORNING, 0, Jpeg.of(bytes));

        for (Place place : Place.values()) {
            assertThatThrownBy(() -> darkroom.develop(frame, stamped(place, ""), ""))
                    .isInstanceOf(BadJpegException.class)
                    .hasMessageContaining("cannot hold 7000x7000 pixels");
        }
        assertThatThrownBy(() -> Quality.of(frame.image())).isInstanceOf(BadJpegException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"BELOW", "ABOVE"})
    void refusesAPictureThatWouldBeTooHighWithItsStrip(Place place) throws Exception {
        Jpeg tower = SampleJpegs.encode(new BufferedImage(16, 65_472, BufferedImage.TYPE_3BYTE_BGR), 90);
        Frame frame = new Frame("front", 1, MORNING, 0, tower);

        assertThatThrownBy(() -> darkroom.develop(frame, stamped(place, ""), ""))
                .isInstanceOf(BadJpegException.class)
                .hasMessageContaining("at most 65500");
    }

    @Test
    void answersEveryDamageWithAPictureOrWords() throws Exception {
        byte[] bytes = SampleJpegs.noise(96, 64).toBytes();
        java.util.Random random = new java.util.Random(7);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = bytes.clone();
            for (int hits = 1 + random.nextInt(8); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                Frame frame = new Frame("front", 1, MORNING, 0, Jpeg.of(damaged));
                darkroom.develop(frame, stamped(Place.BELOW, ""), "");
            } catch (BadJpegException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private Jpeg develop(LookSettings look, String words) throws BadJpegException {
        return darkroom.develop(new Frame("front", 1, MORNING, 0, quarters), look, words);
    }

    private static LookSettings look(int rotate, Flip flip) {
        return new LookSettings(rotate, flip, Region.ALL, List.of(), 95, stamp(Place.NONE, ""), false);
    }

    private static LookSettings stamped(Place place, String title) {
        return new LookSettings(0, Flip.NONE, Region.ALL, List.of(), 95, stamp(place, title), false);
    }

    private static StampSettings stamp(Place place, String title) {
        return new StampSettings(place, new Strftime("%H:%M"), title, ZoneOffset.UTC, 50);
    }

    private static BufferedImage pixels(Jpeg jpeg) throws Exception {
        return ImageIO.read(jpeg.open());
    }

    /** Mean difference of a colour value, of the first picture's lines and those of the second from {@code top} on. */
    private static double difference(BufferedImage one, BufferedImage other, int top) {
        long sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                Color a = new Color(one.getRGB(x, y));
                Color b = new Color(other.getRGB(x, y + top));
                sum += Math.abs(a.getRed() - b.getRed())
                        + Math.abs(a.getGreen() - b.getGreen())
                        + Math.abs(a.getBlue() - b.getBlue());
            }
        }
        return sum / 3.0 / one.getWidth() / one.getHeight();
    }

    private static int lightPixels(BufferedImage image, int top, int bottom) {
        int count = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                Color color = new Color(image.getRGB(x, y));
                if (Math.min(color.getRed(), Math.min(color.getGreen(), color.getBlue())) > 128) {
                    count++;
                }
            }
        }
        return count;
    }

    private static boolean near(BufferedImage image, int x, int y, Color wanted) {
        Color color = new Color(image.getRGB(x, y));
        return Math.abs(color.getRed() - wanted.getRed()) < 40
                && Math.abs(color.getGreen() - wanted.getGreen()) < 40
                && Math.abs(color.getBlue() - wanted.getBlue()) < 40;
    }
}
