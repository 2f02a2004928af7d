package io.edgecam.storage;

import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.picture.PictureState;
import io.edgecam.picture.Timings;
import io.edgecam.picture.Trigger;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Real small pictures. */
public final class SamplePictures {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    private SamplePictures() {}

    /** A real JPEG whose colour tells its number. */
    public static Jpeg jpeg(int number) {
        return jpeg(number, 16, 16);
    }

    public static Jpeg jpeg(int number, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, (number * 0x10307 + x * y) & 0xFFFFFF);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
            return Jpeg.of(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Picture picture(int number) {
        return named("id-" + number, "front/2026/picture-" + number + ".jpg", jpeg(number), NOON.plusSeconds(number));
    }

    public static Picture named(String id, String blobName, Jpeg image, Instant capturedAt) {
        return new Picture(
                id,
                "front",
                capturedAt,
                PictureState.SPOOLED,
                "",
                blobName,
                "",
                image.length(),
                image.width(),
                image.height(),
                image.sha256(),
                Trigger.METHOD,
                Optional.of("größe = 1\nzwei \\ drei"),
                Duration.ofMillis(-5),
                new Timings(Duration.ofMillis(30), Duration.ofMillis(8), Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }
}
