package io.edgecam.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.camera.FrameSource;
import io.edgecam.imaging.Darkroom;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Strftime;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.StampSettings;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TestCameraTest {
    private static final Instant MORNING = Instant.parse("2026-11-21T05:00:00.123Z");

    @ParameterizedTest
    @CsvSource({"320,240", "640,480", "800,600", "1000,562", "1280,720", "1920,1080"})
    void writesNumberAndTimeAsABarCode(int width, int height) throws Exception {
        try (FrameSource source = camera("", width, height).open()) {
            for (long frame = 0; frame < 3; frame++) {
                Jpeg image = source.next().image();

                assertThat(image.width()).isEqualTo(width);
                assertThat(image.height()).isEqualTo(height);
                assertThat(BarCode.read(image.toBytes())).contains(new Mark(frame, MORNING));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"640,480", "1280,720", "1920,1080"})
    void hasABarCodeThatSurvivesHalvingAndTheLowestQualities(int width, int height) throws Exception {
        try (FrameSource source = camera("", width, height).open()) {
            BufferedImage picture = ImageIO.read(source.next().image().open());
            byte[] poor = encode(picture, 10);
            byte[] twice = encode(ImageIO.read(new java.io.ByteArrayInputStream(poor)), 10);
            byte[] half = encode(half(ImageIO.read(new java.io.ByteArrayInputStream(poor))), 10);

            assertThat(BarCode.read(poor)).contains(new Mark(0, MORNING));
            assertThat(BarCode.read(twice)).contains(new Mark(0, MORNING));
            assertThat(BarCode.read(half)).contains(new Mark(0, MORNING));
        }
    }

    @ParameterizedTest
    @EnumSource(StampSettings.Place.class)
    void hasABarCodeThatCanBeReadFromAStampedPicture(StampSettings.Place place) throws Exception {
        StampSettings stamp = new StampSettings(place, new Strftime("%H:%M"), "", ZoneOffset.UTC, 50);
        LookSettings look =
                new LookSettings(0, LookSettings.Flip.NONE, LookSettings.Region.ALL, List.of(), 10, stamp, true);
        try (FrameSource source = camera("", 640, 480).open()) {
            Frame frame = new Frame("front", 0, MORNING, 0, source.next().image());

            Jpeg picture = new Darkroom().develop(frame, look, "");

            assertThat(BarCode.read(picture.toBytes())).contains(new Mark(0, MORNING));
        }
    }

    @Test
    void isNotReadFromAPictureWithoutACode() throws Exception {
        assertThat(BarCode.read(encode(new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR), 90)))
                .isEmpty();
    }

    @Test
    void countsOnWhenItIsOpenedAgain() throws Exception {
        FrameSource.Opener camera = camera("", 320, 240);
        try (FrameSource first = camera.open()) {
            first.next();
        }
        try (FrameSource second = camera.open()) {
            assertThat(BarCode.read(second.next().image().toBytes())).contains(new Mark(1, MORNING));
        }
    }

    @Test
    void keepsItsRate() throws Exception {
        try (FrameSource source = camera("", 320, 240).open()) {
            long first = source.next().capturedNanos();
            FrameSource.Shot last = source.next();
            for (int i = 0; i < 3; i++) {
                last = source.next();
            }

            assertThat(last.capturedNanos() - first).isGreaterThan(4 * 40_000_000L);
        }
    }

    @Test
    void dropsOutForTenSecondsAfterEveryTwentyWhenItIsFlaky() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(MORNING);
        DeviceSettings settings = SourceSettings.of(Kind.TEST, "flaky", 320, 240, 100);
        FrameSource.Opener camera = new Sources(now::get).apply(settings);
        FrameSource open = camera.open();
        now.set(MORNING.plusSeconds(19));
        assertThat(open.next().image().width()).isEqualTo(320);

        now.set(MORNING.plusSeconds(20));
        assertThatThrownBy(open::next).isInstanceOf(IOException.class).hasMessageContaining("out for 10 s");
        now.set(MORNING.plusSeconds(29));
        assertThatThrownBy(camera::open).isInstanceOf(IOException.class).hasMessageContaining("out for 1 s");

        now.set(MORNING.plusSeconds(30));
        assertThat(camera.open().next().image().width()).isEqualTo(320);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flakey", "/x"})
    void refusesAKindThatItDoesNotKnow(String address) {
        assertThatThrownBy(() -> camera(address, 320, 240).open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("test:flaky");
    }

    private static FrameSource.Opener camera(String address, int width, int height) {
        DeviceSettings settings = SourceSettings.of(Kind.TEST, address, width, height, 20);
        return new Sources(InstantSource.fixed(MORNING)).apply(settings);
    }

    private static BufferedImage half(BufferedImage picture) {
        BufferedImage half =
                new BufferedImage(picture.getWidth() / 2, picture.getHeight() / 2, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = half.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(picture, 0, 0, half.getWidth(), half.getHeight(), null);
        pen.dispose();
        return half;
    }

    private static byte[] encode(BufferedImage picture, int quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality / 100f);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        }
        return bytes.toByteArray();
    }
}
