package io.edgecam.imaging;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A TIFF 6.0 directory, highest byte first: its entries in the order of their numbers. */
record Tags(List<Tag> entries) {
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;
    private static final int FITS_INTO_ENTRY = 4;
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int LONG = 4;

    Tags {
        entries = List.copyOf(entries);
    }

    Tags with(Tag next) {
        List<Tag> all = new ArrayList<>(entries);
        all.add(next);
        return new Tags(all);
    }

    /** A TIFF of two directories, the first of which ends with the way to the second. */
    static byte[] tiff(Tags image, Tags photo) {
        int photoStart = HEADER_BYTES + image.length() + ENTRY_BYTES;
        ByteBuffer out = ByteBuffer.allocate(photoStart + photo.length());
        out.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(HEADER_BYTES);
        image.write(out, HEADER_BYTES + ENTRY_BYTES, true, photoStart);
        photo.write(out, photoStart, false, 0);
        return out.array();
    }

    private int length() {
        return 2
                + ENTRY_BYTES * entries.size()
                + 4
                + entries.stream().mapToInt(Tags::outside).sum();
    }

    /** @param from where the directory starts, one entry later where it holds the way to the next directory */
    private void write(ByteBuffer out, int from, boolean linked, int link) {
        int values = from + 2 + ENTRY_BYTES * entries.size() + 4;
        out.putShort((short) (entries.size() + (linked ? 1 : 0)));
        ByteBuffer outside =
                ByteBuffer.allocate(entries.stream().mapToInt(Tags::outside).sum());
        for (Tag entry : entries) {
            entry.writeHead(out);
            if (outside(entry) == 0) {
                entry.writeValue(out, FITS_INTO_ENTRY);
            } else {
                out.putInt(values + outside.position());
                entry.writeValue(outside, outside(entry));
            }
        }
        if (linked) {
            out.putShort((short) EXIF_DIRECTORY)
                    .putShort((short) LONG)
                    .putInt(1)
                    .putInt(link);
        }
        out.putInt(0).put(outside.array());
    }

    /** Bytes that do not fit into the entry itself; values begin at even places. */
    private static int outside(Tag entry) {
        int length = entry.length();
        return length <= FITS_INTO_ENTRY ? 0 : length + length % 2;
    }
}
