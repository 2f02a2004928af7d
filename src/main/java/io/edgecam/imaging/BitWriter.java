package io.edgecam.imaging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits to bytes, with the zero that JPEG stuffs behind each FF (ITU-T T.81, F.1.2.3). For one thread. */
final class BitWriter {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
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

    /** @param count of the lowest bits to write, 0 to 32; the others must be 0 */
    void put(long value, int count) {
        waiting = (waiting << count) | value;
        bitsWaiting += count;
        if (bitsWaiting >= 32) {
            bitsWaiting -= 32;
            putWord((int) (waiting >>> bitsWaiting));
        }
    }

    /** Copies bits from one place up to another. */
    void copy(CodedBits from, int start, int end) {
        int bit = start;
        for (; end - bit >= 32; bit += 32) {
            put(from.window(bit) >>> 32, 32);
        }
        int rest = end - bit;
        if (rest > 0) {
            put(from.window(bit) >>> (64 - rest), rest);
        }
    }

    /** Fills the last byte, adds the end mark, and hands over everything. */
    byte[] finish() {
        int missing = (8 - bitsWaiting % 8) % 8;
        put((1L << missing) - 1, missing);
        reserve();
        while (bitsWaiting > 0) {
            bitsWaiting -= 8;
            putByte((byte) (waiting >>> bitsWaiting));
        }
        bytes[length++] = (byte) 0xFF;
        bytes[length++] = (byte) EOI;
        return Arrays.copyOf(bytes, length);
    }

    private void putWord(int word) {
        reserve();
        boolean hasFullByte = ((~word - 0x01010101) & word & 0x80808080) != 0;
        if (hasFullByte) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                putByte((byte) (word >>> shift));
            }
        } else {
            INTS.set(bytes, length, word);
            length += 4;
        }
    }

    private void putByte(byte value) {
        bytes[length++] = value;
        if (value == (byte) 0xFF) {
            bytes[length++] = 0;
        }
    }

    /** Room for four bytes, each with a zero behind it, and the end mark. */
    private void reserve() {
        if (length + 10 > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length + bytes.length / 2 + 64);
        }
    }
}
