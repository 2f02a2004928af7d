package io.edgecam.storage;

import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.picture.PictureState;
import io.edgecam.picture.ShotQuality;
import io.edgecam.picture.Timings;
import io.edgecam.picture.Trigger;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;

/** Real small pictures. */
public final class SamplePictures {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    private static final Jpeg BULKY_BASE = jpeg(7, 64, 48);

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

    /** A JPEG that can be made again from its number, of 20 to 120 KB that no disk can shrink. */
    public static Jpeg bulky(long number) {
        Random random = new Random(number);
        byte[] small = BULKY_BASE.toBytes();
        ByteBuffer bytes = ByteBuffer.allocate(small.length + 120_000).put(small, 0, 2);
        for (int left = 20_000 + random.nextInt(100_000); left > 0; left -= 60_000) {
            byte[] noise = new byte[Math.min(left, 60_000)];
            random.nextBytes(noise);
            bytes.putShort((short) 0xFFFE).putShort((short) (noise.length + 2)).put(noise);
        }
        bytes.put(small, 2, small.length - 2);
        try {
            return Jpeg.of(Arrays.copyOf(bytes.array(), bytes.position()));
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
                Optional.of(new ShotQuality(101, 350, true, false)),
                new Timings(Duration.ofMillis(30), Duration.ofMillis(8), Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }
}
