package io.edgecam.imaging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a scan without what is between them: no stuffed zeros, no markers. Where the picture has restart markers
 * the bits are in parts, each of which begins anew with its prediction. Immutable, for any number of threads.
 */
final class CodedBits {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** More than a damaged block can run on: 64 codes of 16 bits, each with 15 more. */
    private static final int BEYOND = 264;

    private static final int LONGEST_SCAN = 128 << 20;
    private static final int RST0 = 0xD0;
    private static final int RST7 = 0xD7;
    private static final int EOI = 0xD9;

    private final byte[] bytes;
    private final int[] ends;
    private final int parts;
    private final int mcusPerPart;

    private CodedBits(byte[] bytes, int[] ends, int parts, int mcusPerPart) {
        this.bytes = bytes;
        this.ends = ends;
        this.parts = parts;
        this.mcusPerPart = mcusPerPart;
    }

    /** @param restartInterval MCUs from one restart marker to the next, 0 = no markers */
    static CodedBits of(byte[] file, int start, CodedFrame frame, int restartInterval) throws NeedsDecoding {
        if (file.length > LONGEST_SCAN) {
            throw new NeedsDecoding("is longer than a camera's picture");
        }
        int mcus = frame.mcus();
        int mcusPerPart = restartInterval == 0 ? mcus : restartInterval;
        int parts = (mcus + mcusPerPart - 1) / mcusPerPart;
        if (parts > file.length - start) {
            throw new NeedsDecoding("has too few bytes for its restart markers");
        }
        byte[] clean = new byte[file.length - start + BEYOND];
        int[] ends = new int[parts];
        int length = 0;
        int part = 0;
        int at = start;
        while (at + 1 < file.length) {
            byte next = file[at++];
            if (next != (byte) 0xFF) {
                clean[length++] = next;
                continue;
            }
            int marker = file[at] & 0xFF;
            if (marker == 0) {
                clean[length++] = next;
                at++;
            } else if (marker == EOI && part == parts - 1) {
                ends[part] = length * 8;
                return new CodedBits(clean, ends, parts, mcusPerPart);
            } else if (marker == RST0 + part % 8 && part < parts - 1) {
                ends[part++] = length * 8;
                at++;
            } else if (marker != 0xFF) {
                throw new NeedsDecoding(
                        marker >= RST0 && marker <= RST7
                                ? "has restart markers out of order"
                                : "has more than one scan, or is damaged");
            }
        }
        throw new NeedsDecoding("ends before its last part");
    }

    int parts() {
        return parts;
    }

    int mcusPerPart() {
        return mcusPerPart;
    }

    /** Where a part's bits begin. */
    int start(int part) {
        return part == 0 ? 0 : ends[part - 1];
    }

    /** Where a part's bits end; up to seven of the last ones fill the byte. */
    int end(int part) {
        return ends[part];
    }

    /** The next bits from a place on, leftmost first; at least 57 of the 64 are right. */
    long window(int bit) {
        return (long) LONGS.get(bytes, bit >>> 3) << (bit & 7);
    }
}
