package io.edgecam.imaging;

import io.edgecam.picture.Jpeg;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEGs that the tests make themselves. */
final class SampleJpegs {
    private static final String FORMAT = "javax_imageio_jpeg_image_1.0";

    private SampleJpegs() {}

    /** Four fields, clockwise from the upper left: red, green, blue, yellow. */
    static Jpeg quarters(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height / 2);
        pen.setColor(Color.GREEN);
        pen.fillRect(width / 2, 0, width / 2, height / 2);
        pen.setColor(Color.BLUE);
        pen.fillRect(width / 2, height / 2, width / 2, height / 2);
        pen.setColor(Color.YELLOW);
        pen.fillRect(0, height / 2, width / 2, height / 2);
        pen.dispose();
        return encode(image, 95);
    }

    static Jpeg noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return encode(image, 90);
    }

    /** A view with soft light, hard edges in many colours, and the noise of a sensor. */
    static BufferedImage scene(int width, int height, int kind) {
        BufferedImage image = new BufferedImage(width, height, kind);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(90, 140, 220), 0, height, new Color(40, 80, 30)));
        pen.fillRect(0, 0, width, height);
        Random random = new Random(width * 31L + height);
        for (int i = 0; i < 60; i++) {
            pen.setColor(new Color(random.nextInt(0x1000000)));
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            pen.fillOval(x, y, 1 + random.nextInt(width / 5), 1 + random.nextInt(height / 5));
            pen.drawLine(x, y, random.nextInt(width), random.nextInt(height));
        }
        pen.dispose();
        for (int i = 0; i < width * height; i++) {
            int x = i % width;
            int y = i / width;
            image.setRGB(x, y, noisy(image.getRGB(x, y), (int) Math.round(random.nextGaussian() * 4)));
        }
        return image;
    }

    private static int noisy(int rgb, int change) {
        int red = Math.max(0, Math.min(255, (rgb >> 16 & 0xFF) + change));
        int green = Math.max(0, Math.min(255, (rgb >> 8 & 0xFF) + change));
        int blue = Math.max(0, Math.min(255, (rgb & 0xFF) + change));
        return red << 16 | green << 8 | blue;
    }

    /**
     * @param luma how often luma is sampled for each sample of colour, as "2x2" for 4:2:0
     * @param restart MCUs from one restart marker to the next, 0 = none
     * @param optimised with Huffman tables made for this very picture
     */
    static Jpeg coded(BufferedImage image, int quality, String luma, int restart, boolean optimised)
            throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        JPEGImageWriteParam param = (JPEGImageWriteParam) writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality / 100f);
        param.setOptimizeHuffmanTables(optimised);
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
        IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        if (restart > 0) {
            IIOMetadataNode interval = new IIOMetadataNode("dri");
            interval.setAttribute("interval", Integer.toString(restart));
            tree.getElementsByTagName("markerSequence")
                    .item(0)
                    .insertBefore(interval, tree.getElementsByTagName("sof").item(0));
        }
        IIOMetadataNode first =
                (IIOMetadataNode) tree.getElementsByTagName("componentSpec").item(0);
        first.setAttribute("HsamplingFactor", luma.substring(0, 1));
        first.setAttribute("VsamplingFactor", luma.substring(2));
        metadata.setFromTree(FORMAT, tree);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata), param);
        } finally {
            writer.dispose();
        }
        return Jpeg.of(bytes.toByteArray());
    }

    static Jpeg progressive(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return Jpeg.of(bytes.toByteArray());
    }

    static Jpeg encode(BufferedImage image, int quality) {
        try {
            return Jpeg.of(Codec.encode(image, quality));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Color color(String name) {
        return switch (name) {
            case "red" -> Color.RED;
            case "green" -> Color.GREEN;
            case "blue" -> Color.BLUE;
            default -> Color.YELLOW;
        };
    }
}
