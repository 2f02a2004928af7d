package io.edgecam.picture;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A whole JPEG image whose size is known. Immutable, for any number of threads: it takes over the array it is given, and
 * whoever made that must not touch it again.
 */
public final class Jpeg {
    /** The least a picture can be: smaller ones are the debris of a broken transfer. */
    public static final int MIN_BYTES = 128;

    /** The most pixels that are ever decoded: 50 million, more than any camera here has. */
    public static final long MAX_PIXELS = 50_000_000;

    private final byte[] bytes;
    private final int width;
    private final int height;

    private Jpeg(byte[] bytes, int width, int height) {
        this.bytes = bytes;
        this.width = width;
        this.height = height;
    }

    /**
     * Takes bytes for a JPEG after a look at their start, their end and the size in their frame header (ITU-T T.81,
     * B.2.2); nothing is decoded.
     *
     * @throws BadJpegException if they are not one whole JPEG of a sane size
     */
    public static Jpeg of(byte[] bytes) throws BadJpegException {
        if (bytes.length < MIN_BYTES) {
            throw new BadJpegException("only " + bytes.length + " bytes, a JPEG has at least " + MIN_BYTES);
        }
        if (at(bytes, 0) != 0xFF || at(bytes, 1) != 0xD8 || at(bytes, 2) != 0xFF) {
            throw new BadJpegException("does not begin as a JPEG does (FF D8 FF)");
        }
        if (at(bytes, bytes.length - 2) != 0xFF || at(bytes, bytes.length - 1) != 0xD9) {
            throw new BadJpegException("is cut off: the end mark (FF D9) is missing");
        }
        int frame = frameHeader(bytes);
        int height = word(bytes, frame + 5);
        int width = word(bytes, frame + 7);
        if (width == 0 || height == 0 || (long) width * height > MAX_PIXELS) {
            throw new BadJpegException(
                    "claims " + width + "x" + height + " pixels, at most " + MAX_PIXELS + " are taken");
        }
        return new Jpeg(bytes, width, height);
    }

    public int length() {
        return bytes.length;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The bytes for reading, without a copy. */
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    /** The bytes for reading, without a copy. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The SHA-256 of the bytes, 64 small hexadecimal digits. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Jpeg jpeg && Arrays.equals(bytes, jpeg.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Jpeg[" + width + "x" + height + ", " + bytes.length + " bytes]";
    }

    /** Where the frame header (SOFn) starts, found by walking from marker to marker. */
    private static int frameHeader(byte[] bytes) throws BadJpegException {
        int position = 2;
        while (position + 9 < bytes.length) {
            if (at(bytes, position) != 0xFF) {
                throw new BadJpegException("no marker at byte " + position);
            }
            int marker = at(bytes, position + 1);
            if (marker == 0xFF) {
                position++;
            } else if (isFrameHeader(marker)) {
                return position;
            } else {
                position += 2 + word(bytes, position + 2);
            }
        }
        throw new BadJpegException("has no frame header");
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static int at(byte[] bytes, int position) {
        return bytes[position] & 0xFF;
    }

    private static int word(byte[] bytes, int position) {
        return at(bytes, position) << 8 | at(bytes, position + 1);
    }
}
