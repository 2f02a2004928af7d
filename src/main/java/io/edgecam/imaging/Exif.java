package io.edgecam.imaging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Jpeg;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;

/**
 * Writes when, by which camera and of what a picture was taken into its header (Exif 2.32, CIPA DC-008), without
 * decoding it. An Exif header that the camera wrote is replaced: it may hold a small picture that shows what is masked.
 */
final class Exif {
    private static final byte[] HEADER = {'E', 'x', 'i', 'f', 0, 0};
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss");
    private static final DateTimeFormatter SUBSECOND = DateTimeFormatter.ofPattern("SSS");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx");
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;

    private Exif() {}

    /** What is written. */
    record Facts(String camera, Instant capturedAt, ZoneId zone, String description) {}

    static Jpeg into(Jpeg image, Facts facts) throws BadJpegException {
        byte[] segment = segment(facts);
        ByteBuffer from = image.buffer();
        ByteBuffer to = ByteBuffer.allocate(image.length() + segment.length);
        to.putShort(from.getShort());
        boolean written = false;
        while (isApp(from)) {
            int length = 2 + (from.getShort(from.position() + 2) & 0xFFFF);
            if (length > from.remaining()) {
                throw new BadJpegException("is cut off in its header");
            }
            if (!written && !starts(from, APP0, JFIF)) {
                to.put(segment);
                written = true;
            }
            if (starts(from, APP1, HEADER)) {
                from.position(from.position() + length);
            } else {
                to.put(from.slice(from.position(), length));
                from.position(from.position() + length);
            }
        }
        if (!written) {
            to.put(segment);
        }
        to.put(from);
        return Jpeg.of(Arrays.copyOf(to.array(), to.position()));
    }

    private static boolean isApp(ByteBuffer from) {
        return from.remaining() > 4
                && from.get(from.position()) == (byte) 0xFF
                && (from.get(from.position() + 1) & 0xF0) == APP0;
    }

    private static boolean starts(ByteBuffer from, int marker, byte[] words) {
        return (from.get(from.position() + 1) & 0xFF) == marker
                && from.remaining() >= 4 + words.length
                && from.slice(from.position() + 4, words.length).equals(ByteBuffer.wrap(words));
    }

    private static byte[] segment(Facts facts) {
        ZonedDateTime when = facts.capturedAt().atZone(facts.zone());
        byte[] date = ascii(DATE.format(when));
        byte[] subsecond = ascii(SUBSECOND.format(when));
        byte[] offset = ascii(OFFSET.format(when));
        byte[] description = utf8(facts.description());
        Tags image = new Tags(description.length == 1 ? List.of() : List.of(Tag.text(0x010E, description)))
                .with(Tag.text(0x010F, ascii("edgecam")))
                .with(Tag.text(0x0110, utf8(facts.camera())))
                .with(Tag.text(0x0132, date));
        Tags photo = new Tags(List.of(Tag.undefined(0x9000, "0232".getBytes(US_ASCII))))
                .with(Tag.text(0x9003, date))
                .with(Tag.text(0x9004, date))
                .with(Tag.text(0x9010, offset))
                .with(Tag.text(0x9011, offset))
                .with(Tag.text(0x9012, offset))
                .with(Tag.text(0x9290, subsecond))
                .with(Tag.text(0x9291, subsecond))
                .with(Tag.text(0x9292, subsecond));
        byte[] tiff = Tags.tiff(image, photo);
        return ByteBuffer.allocate(4 + HEADER.length + tiff.length)
                .putShort((short) (0xFF00 | APP1))
                .putShort((short) (2 + HEADER.length + tiff.length))
                .put(HEADER)
                .put(tiff)
                .array();
    }

    private static byte[] ascii(String text) {
        return (text + '\0').getBytes(US_ASCII);
    }

    private static byte[] utf8(String text) {
        int end = Math.min(text.length(), LONGEST_DESCRIPTION);
        return (text.substring(0, end) + '\0').getBytes(UTF_8);
    }
}
