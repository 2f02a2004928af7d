package io.edgecam.camera.source;

import java.nio.ByteBuffer;

/**
 * The bar code of the test camera's pictures, as docs/test-camera.md describes it: sixteen columns of square cells, one
 * row of alternating cells and six rows of data.
 */
final class BarCodeFormat {
    static final int COLUMNS = 16;
    static final int DATA_ROWS = 6;
    /** Cells in the width of a picture. */
    static final int CELLS_IN_WIDTH = 64;

    private static final int POLYNOMIAL = 0x1021;

    private BarCodeFormat() {}

    /** Four bytes of frame number, six of milliseconds since 1970, two of CRC-16 over these ten, highest bit first. */
    static byte[] encode(long frame, long epochMillis) {
        byte[] bytes = new byte[COLUMNS * DATA_ROWS / 8];
        ByteBuffer.wrap(bytes)
                .putInt((int) frame)
                .putShort((short) (epochMillis >> 32))
                .putInt((int) epochMillis)
                .putShort((short) crc(bytes, 10));
        return bytes;
    }

    /** CRC-16/CCITT-FALSE: polynomial 1021, start FFFF, nothing reflected. */
    static int crc(byte[] bytes, int length) {
        int crc = 0xFFFF;
        for (int i = 0; i < length; i++) {
            crc ^= (bytes[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
        }
        return crc & 0xFFFF;
    }

    /** Whether a cell is white; row 0 is the alternating one. */
    static boolean white(byte[] code, int row, int column) {
        if (row == 0) {
            return column % 2 == 0;
        }
        int bit = (row - 1) * COLUMNS + column;
        return (code[bit / 8] >> (7 - bit % 8) & 1) == 1;
    }
}
