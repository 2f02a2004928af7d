package io.edgecam.imaging;

import java.util.Arrays;

/** Bits to bytes, with the zero that JPEG stuffs behind each FF (ITU-T T.81, F.1.2.3). For one thread. */
final class BitWriter {
    private static final int EOI = 0xD9;

    private byte[] bytes;
    private int length;
    private long waiting;
    private int bitsWaiting;

    /** @param start what the bits come after; may be longer than they need */
    BitWriter(byte[] start, int expected) {
        bytes = Arrays.copyOf(start, start.length + expected);
        length = start.length;
    }

    /** @param count of the lowest bits to write, 0 to 32 */
    void put(int value, int count) {
        waiting = (waiting << count) | (value & ((1L << count) - 1));
        bitsWaiting += count;
        while (bitsWaiting >= 8) {
            bitsWaiting -= 8;
            putByte((byte) (waiting >>> bitsWaiting));
        }
    }

    /** Copies bits from one place up to another. */
    void copy(CodedBits from, int start, int end) {
        int bit = start;
        for (; end - bit >= 32; bit += 32) {
            put((int) (from.window(bit) >>> 32), 32);
        }
        int rest = end - bit;
        if (rest > 0) {
            put((int) (from.window(bit) >>> (64 - rest)), rest);
        }
    }

    /** Fills the last byte, adds the end mark, and hands over everything. */
    byte[] finish() {
        put(0x7F, (8 - bitsWaiting) % 8);
        reserve();
        bytes[length++] = (byte) 0xFF;
        bytes[length++] = (byte) EOI;
        return Arrays.copyOf(bytes, length);
    }

    private void putByte(byte value) {
        reserve();
        bytes[length++] = value;
        if (value == (byte) 0xFF) {
            bytes[length++] = 0;
        }
    }

    private void reserve() {
        if (length + 2 > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length + bytes.length / 2 + 64);
        }
    }
}
