package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.camera.FrameSource.Shot;
import io.edgecam.imaging.Darkroom;
import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Frame;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Strftime;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.StampSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Breaks MJPEG streams in seeded ways. Whatever a stream became: every byte is read once, every picture that comes out is
 * one or is refused by the decoder, and the good pictures after it come through again. With {@code -Dedgecam.fuzz=100000}
 * it tries so many streams; a stream that fails is repeated with {@code -Dedgecam.fuzz.seed=N -Dedgecam.fuzz=1}.
 */
@Timeout(3600)
class JpegStreamFuzzTest {
    private static final int STREAMS = Integer.getInteger("edgecam.fuzz", 3000);
    private static final long FIRST_SEED = Long.getLong("edgecam.fuzz.seed", 1);

    /** A lying segment length swallows 64 KB, and what it ends at may by chance look like another segment. */
    private static final int GOOD_BYTES = 200 * 1024;

    /** Bigger claims are left to the tests of the decoder, for each costs much memory. */
    private static final int DECODED_PIXELS = 1_000_000;

    private static final LookSettings LOOK = new LookSettings(
            0,
            LookSettings.Flip.NONE,
            LookSettings.Region.ALL,
            List.of(),
            80,
            new StampSettings(StampSettings.Place.OVERLAY, new Strftime("%H:%M"), "", ZoneOffset.UTC, 50),
            true);

    private final Darkroom darkroom = new Darkroom();
    private long shots;
    private long decoded;
    private long refused;
    private long failures;

    @Test
    void readsOnAfterWhateverCame() throws Exception {
        byte[] picture = picture(64, 48);
        byte[] good = picture(80, 60);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + STREAMS; seed++) {
            byte[] stream = stream(picture, good, new Random(seed));

            List<Jpeg> found = readAll(stream, good, seed);

            assertThat(found.stream().map(Jpeg::toBytes))
                    .as("pictures of seed %d", seed)
                    .anyMatch(bytes -> Arrays.equals(bytes, good));
        }
        System.out.printf(
                "%d streams: %d pictures came through, %d of them damaged enough to be refused by the decoder,"
                        + " %d decoded; %d times the connection would have been made anew%n",
                STREAMS, shots, refused, decoded, failures);
    }

    private List<Jpeg> readAll(byte[] stream, byte[] good, long seed) throws Exception {
        ByteArrayInputStream in = new ByteArrayInputStream(stream);
        List<Jpeg> found = new ArrayList<>();
        JpegStream pictures = new JpegStream(in);
        while (true) {
            try {
                Shot shot = pictures.next();
                found.add(shot.image());
                shots++;
                if (!Arrays.equals(shot.image().toBytes(), good)) {
                    develop(shot.image());
                }
            } catch (EOFException end) {
                assertThat(in.available()).isZero();
                return found;
            } catch (IOException failed) {
                assertThat(failed.getMessage()).as("of seed %d", seed).startsWith("sent ");
                failures++;
                pictures = new JpegStream(in);
            }
        }
    }

    private void develop(Jpeg image) throws Exception {
        if ((long) image.width() * image.height() > DECODED_PIXELS) {
            return;
        }
        try {
            Frame frame = new Frame("front", 0, Instant.EPOCH, 0, image);
            assertThat(darkroom.develop(frame, LOOK, "").width()).isEqualTo(image.width());
            decoded++;
        } catch (BadJpegException e) {
            assertThat(e.getMessage()).isNotBlank();
            refused++;
        }
    }

    /** Three pictures, broken together with what stands between them, and then good ones. */
    private static byte[] stream(byte[] picture, byte[] good, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            part(out, picture, random);
        }
        byte[] broken = out.toByteArray();
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            broken = broken(broken, random);
        }
        out.reset();
        out.writeBytes(broken);
        while (out.size() < broken.length + GOOD_BYTES) {
            part(out, good, random);
        }
        return out.toByteArray();
    }

    private static void part(ByteArrayOutputStream out, byte[] picture, Random random) {
        int announced = random.nextInt(4) == 0 ? random.nextInt() : picture.length;
        String head = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "\r\n--a\r\nContent-Type: image/jpeg\r\nContent-Length: " + announced + "\r\n\r\n";
            case 2 -> "\r\n--boundarydonotcross \r\nX-Timestamp: 1.5\r\n\r\n";
            default -> "\n\n--\n";
        };
        out.writeBytes(head.getBytes(ISO_8859_1));
        out.writeBytes(picture);
    }

    private static byte[] broken(byte[] bytes, Random random) {
        if (bytes.length < 4) {
            return bytes;
        }
        byte[] copy = bytes.clone();
        int at = random.nextInt(bytes.length - 2);
        int other = random.nextInt(bytes.length);
        switch (random.nextInt(7)) {
            case 0 -> copy[at] = (byte) random.nextInt();
            case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                copy[at] = (byte) 0xFF;
                copy[at + 1] = (byte) (0xC0 + random.nextInt(0x40));
            }
            case 3 -> {
                copy[at] = (byte) 0xFF;
                copy[at + 1] = (byte) 0xFF;
            }
            case 4 -> {
                return join(bytes, Math.min(at, other), Math.max(at, other));
            }
            case 5 -> {
                return join(bytes, Math.max(at, other), Math.min(at, other));
            }
            default -> {
                byte[] run = new byte[random.nextInt(300)];
                random.nextBytes(run);
                System.arraycopy(run, 0, copy, at, Math.min(run.length, copy.length - at));
            }
        }
        return copy;
    }

    /** The bytes before {@code end}, then those from {@code start}: a gap, or a part that comes twice. */
    private static byte[] join(byte[] bytes, int end, int start) {
        byte[] joined = new byte[end + bytes.length - start];
        System.arraycopy(bytes, 0, joined, 0, end);
        System.arraycopy(bytes, start, joined, end, bytes.length - start);
        return joined;
    }

    private static byte[] picture(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, i * 0x010305);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }
}
