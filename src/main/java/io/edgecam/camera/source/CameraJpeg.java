package io.edgecam.camera.source;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Jpeg;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * Makes whole JPEGs of what cameras send: cuts off what comes after the end mark, and puts in the Huffman tables that
 * motion JPEG may leave out (ITU-T T.81, annex K.3).
 */
final class CameraJpeg {
    private static final int DHT = 0xC4;
    private static final int SOS = 0xDA;

    private CameraJpeg() {}

    static Jpeg of(byte[] sent) throws BadJpegException {
        int end = endOf(sent);
        int scan = scanWithoutTables(sent);
        if (scan < 0 || scan > end) {
            return Jpeg.of(end == sent.length ? sent : Arrays.copyOf(sent, end));
        }
        byte[] tables = standardTables();
        byte[] whole = Arrays.copyOf(sent, end + tables.length);
        System.arraycopy(sent, scan, whole, scan + tables.length, end - scan);
        System.arraycopy(tables, 0, whole, scan, tables.length);
        return Jpeg.of(whole);
    }

    /** Just after the last end mark; the whole length if there is none. */
    private static int endOf(byte[] sent) {
        for (int i = sent.length - 2; i > 1; i--) {
            if (sent[i] == (byte) 0xFF && sent[i + 1] == (byte) 0xD9) {
                return i + 2;
            }
        }
        return sent.length;
    }

    /** Where the scan starts if no Huffman table came before it, else -1. */
    private static int scanWithoutTables(byte[] sent) {
        int position = 2;
        while (position + 4 <= sent.length && sent[position] == (byte) 0xFF) {
            int marker = sent[position + 1] & 0xFF;
            if (marker == SOS) {
                return position;
            }
            if (marker == DHT) {
                return -1;
            }
            boolean filling = marker == 0xFF;
            position += filling ? 1 : 2 + ((sent[position + 2] & 0xFF) << 8 | (sent[position + 3] & 0xFF));
        }
        return -1;
    }

    private static byte[] standardTables() {
        ByteArrayOutputStream tables = new ByteArrayOutputStream();
        add(tables, 0x00, JPEGHuffmanTable.StdDCLuminance);
        add(tables, 0x10, JPEGHuffmanTable.StdACLuminance);
        add(tables, 0x01, JPEGHuffmanTable.StdDCChrominance);
        add(tables, 0x11, JPEGHuffmanTable.StdACChrominance);
        return tables.toByteArray();
    }

    private static void add(ByteArrayOutputStream out, int kind, JPEGHuffmanTable table) {
        int length = 2 + 1 + 16 + table.getValues().length;
        out.write(0xFF);
        out.write(DHT);
        out.write(length >> 8);
        out.write(length);
        out.write(kind);
        short[] lengths = table.getLengths();
        for (int i = 0; i < 16; i++) {
            out.write(i < lengths.length ? lengths[i] : 0);
        }
        for (short value : table.getValues()) {
            out.write(value);
        }
    }
}
