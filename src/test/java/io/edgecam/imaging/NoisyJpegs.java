package io.edgecam.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** JPEGs of 1280x720 that move and are about as large as those of cameras, for measurements. Has no state. */
public final class NoisyJpegs {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int BYTES = 145_000;

    private NoisyJpegs() {}

    /** So many pictures in a row, each of 145 KB at the least or little below. */
    public static List<byte[]> moving(int count) throws IOException {
        int noise = 4;
        while (jpeg(0, noise).length < BYTES) {
            noise += 2;
        }
        List<byte[]> pictures = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            pictures.add(jpeg(number, noise));
        }
        return pictures;
    }

    private static byte[] jpeg(int number, int noise) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(number);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int grey = (x + number * 8) % 180 + random.nextInt(noise);
                image.setRGB(x, y, Math.min(255, grey) * 0x010101);
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.8f);
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        }
        writer.dispose();
        return out.toByteArray();
    }
}
