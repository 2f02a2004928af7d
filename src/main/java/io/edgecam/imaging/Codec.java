package io.edgecam.imaging;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Jpeg;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG to pixels and back, in memory only: nothing goes to a temporary file. For any number of threads. */
final class Codec {
    private static final int BITS_PER_PIXEL_EXPECTED = 2;
    private static final int BYTES_PER_PIXEL = 3;
    private static final double MOST_OF_THE_HEAP = 0.6;
    private static final long MEGABYTE = 1024 * 1024;

    private Codec() {}

    /**
     * Refuses an image with less than one bit for each block of 8x8 pixels: no coding takes so little, and what it claims
     * to be would cost memory.
     */
    static void refuseEmptyClaims(Jpeg image) throws BadJpegException {
        long blocks = (image.width() + 7L) / 8 * ((image.height() + 7L) / 8);
        if (image.length() * 8L < blocks) {
            throw new BadJpegException("is cut off: " + image.length() + " bytes cannot hold " + image.width() + "x"
                    + image.height() + " pixels");
        }
    }

    /**
     * Refuses an image whose pixels would take most of the heap: one such picture must not end the module.
     *
     * @param copies how often all its pixels are in memory
     * @param heapBytes the most that this process may use
     */
    static void refuseBeyondMemory(Jpeg image, int copies, long heapBytes) throws BadJpegException {
        long needed = (long) image.width() * image.height() * BYTES_PER_PIXEL * copies;
        long most = (long) (heapBytes * MOST_OF_THE_HEAP);
        if (needed > most) {
            throw new BadJpegException("has " + image.width() + "x" + image.height() + " pixels, which take "
                    + needed / MEGABYTE + " MB to change, and " + most / MEGABYTE
                    + " may be used: set a smaller width and height, or give the module more memory (-Xmx)");
        }
    }

    /** Decodes a part of an image straight onto a canvas of three bytes a pixel. */
    static void decode(Jpeg image, Rectangle part, BufferedImage canvas, Point at) throws BadJpegException {
        read(image, (reader, param) -> {
            if (reader.getRawImageType(0) != null
                    && reader.getRawImageType(0).getNumBands()
                            != canvas.getRaster().getNumBands()) {
                copy(reader.read(0), part, canvas, at);
                return canvas;
            }
            param.setSourceRegion(part);
            param.setDestination(canvas);
            param.setDestinationOffset(at);
            return reader.read(0, param);
        });
    }

    static BufferedImage decode(Jpeg image) throws BadJpegException {
        refuseBeyondMemory(image, 1, Runtime.getRuntime().maxMemory());
        BufferedImage canvas = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        decode(image, new Rectangle(0, 0, image.width(), image.height()), canvas, new Point());
        return canvas;
    }

    /** @param quality 1 to 100 */
    static byte[] encode(BufferedImage canvas, int quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        int expected = canvas.getWidth() * canvas.getHeight() / 8 * BITS_PER_PIXEL_EXPECTED + 4_096;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(expected);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(canvas, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static void read(Jpeg image, Reading reading) throws BadJpegException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        StringBuilder cutOff = new StringBuilder();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(image.open())) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener((source, warning) -> {
                if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                    cutOff.append(warning);
                }
            });
            if (reader.getWidth(0) != image.width() || reader.getHeight(0) != image.height()) {
                throw new BadJpegException("gives its size twice, differently");
            }
            reading.read(reader, reader.getDefaultReadParam());
        } catch (BadJpegException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the decoder answers broken data with whatever its code runs into
            throw new BadJpegException("cannot be decoded: " + e.getMessage());
        } finally {
            reader.dispose();
        }
        if (!cutOff.isEmpty()) {
            throw new BadJpegException("is cut off in the middle: " + cutOff);
        }
    }

    private static void copy(BufferedImage image, Rectangle part, BufferedImage canvas, Point at) {
        Graphics2D pen = canvas.createGraphics();
        pen.setClip(at.x, at.y, part.width, part.height);
        pen.drawImage(image, at.x - part.x, at.y - part.y, null);
        pen.dispose();
    }

    /** What is done with an open reader. */
    private interface Reading {
        BufferedImage read(ImageReader reader, ImageReadParam param) throws IOException;
    }
}
