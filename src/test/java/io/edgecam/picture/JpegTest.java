package io.edgecam.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class JpegTest {
    private final byte[] good = encoded(64, 48);

    @Test
    void aWholeImageTellsItsSize() throws Exception {
        Jpeg jpeg = Jpeg.of(good);
        assertThat(jpeg.width()).isEqualTo(64);
        assertThat(jpeg.height()).isEqualTo(48);
        assertThat(jpeg.length()).isEqualTo(good.length);
        assertThat(jpeg.open().readAllBytes()).isEqualTo(good);
        assertThat(jpeg.sha256()).hasSize(64);
    }

    @Test
    void everyWayOfBeingCutOffIsRefused() {
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> Jpeg.of(cut)).isInstanceOf(BadJpegException.class);
        }
    }

    @Test
    void noByteThatIsWrongDoesMoreThanMakeItRefused() {
        for (int position = 0; position < good.length; position++) {
            for (int flip : new int[] {0x01, 0x80, 0xFF}) {
                byte[] changed = good.clone();
                changed[position] ^= (byte) flip;
                try {
                    Jpeg taken = Jpeg.of(changed);
                    assertThat((long) taken.width() * taken.height()).isBetween(1L, Jpeg.MAX_PIXELS);
                } catch (BadJpegException refused) {
                    assertThat(refused).hasMessageMatching("(?s).+");
                }
            }
        }
    }

    @Test
    void aSmallFileThatClaimsToBeHugeIsRefused() {
        byte[] bomb = good.clone();
        int frame = frameHeader(bomb);
        bomb[frame + 5] = 0x7D;
        bomb[frame + 7] = 0x7D;
        assertThatThrownBy(() -> Jpeg.of(bomb))
                .isInstanceOf(BadJpegException.class)
                .hasMessageContaining("pixels, at most 50000000");
    }

    private static int frameHeader(byte[] jpeg) {
        for (int position = 0; position < jpeg.length - 1; position++) {
            if ((jpeg[position] & 0xFF) == 0xFF && (jpeg[position + 1] & 0xFF) == 0xC0) {
                return position;
            }
        }
        throw new AssertionError("no frame header");
    }

    private static byte[] encoded(int width, int height) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), "jpg", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
