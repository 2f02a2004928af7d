package io.edgecam.storage;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * How a picture lies in the spool, big endian: 8 bytes of magic, the lengths of text and JPEG, the CRC-32C of the JPEG, the
 * CRC-32C of all that and the text, then the text and the JPEG. The head can be trusted without reading the JPEG.
 *
 * @param latest blob that the picture also replaces; empty = none
 */
record SpoolFile(Picture picture, String latest, int headBytes, int imageBytes, int imageCrc) {
    /** How much of a file must be read to be sure to have its whole head; no longer one is written. */
    static final int HEAD_LIMIT = 64 * 1024;

    private static final long MAGIC = 0x4564676543616D31L; // EdgeCam1
    private static final int FIXED = 24;
    private static final int COVERED = 20;

    /** The head of a file for this picture; the JPEG follows it. */
    static ByteBuffer head(Picture picture, String latest, Jpeg image) throws IOException {
        byte[] text = PictureText.write(picture, latest).getBytes(StandardCharsets.UTF_8);
        if (text.length > HEAD_LIMIT - FIXED) {
            throw new IOException("what is said of picture " + picture.id() + " (name, label) takes " + text.length
                    + " bytes, at most " + (HEAD_LIMIT - FIXED) + " can be kept with it");
        }
        ByteBuffer head = ByteBuffer.allocate(FIXED + text.length);
        head.putLong(MAGIC).putInt(text.length).putInt(image.length()).putInt(crc(image.buffer()));
        head.putInt(COVERED, headCrc(head, text));
        return head.put(FIXED, text).clear();
    }

    /** Reads the head of a file of this size. */
    static SpoolFile read(ByteBuffer start, long fileBytes) throws DamagedException {
        if (start.remaining() < FIXED || start.getLong(0) != MAGIC) {
            throw new DamagedException("does not begin as a spooled picture does");
        }
        int textBytes = start.getInt(8);
        int imageBytes = start.getInt(12);
        if (textBytes < 0 || textBytes > start.remaining() - FIXED) {
            throw new DamagedException("its head is cut off");
        }
        byte[] text = new byte[textBytes];
        start.get(FIXED, text);
        if (headCrc(start, text) != start.getInt(COVERED)) {
            throw new DamagedException("the check sum of its head is wrong");
        }
        if (fileBytes != (long) FIXED + textBytes + imageBytes) {
            throw new DamagedException(
                    "has " + fileBytes + " bytes instead of " + ((long) FIXED + textBytes + imageBytes));
        }
        PictureText said = PictureText.read(new String(text, StandardCharsets.UTF_8));
        return new SpoolFile(said.picture(), said.latest(), FIXED + textBytes, imageBytes, start.getInt(16));
    }

    /** The JPEG of a whole file with this head. */
    Jpeg image(byte[] file) throws DamagedException {
        if (file.length != headBytes + imageBytes || crc(ByteBuffer.wrap(file, headBytes, imageBytes)) != imageCrc) {
            throw new DamagedException("the check sum of its JPEG is wrong");
        }
        try {
            return Jpeg.of(Arrays.copyOfRange(file, headBytes, file.length));
        } catch (BadJpegException e) {
            throw new DamagedException("is no JPEG: " + e.getMessage());
        }
    }

    private static int headCrc(ByteBuffer head, byte[] text) {
        CRC32C sum = new CRC32C();
        sum.update(head.array(), head.arrayOffset(), COVERED);
        sum.update(text);
        return (int) sum.getValue();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    /** A file that is not what was once written. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        DamagedException(String reason) {
            super(reason);
        }
    }
}
