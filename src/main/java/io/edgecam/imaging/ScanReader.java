package io.edgecam.imaging;

import java.util.Arrays;
import java.util.List;

/**
 * Reads the quantised coefficients of a baseline scan, MCU by MCU (ITU-T T.81, F.2.2), and checks on the way that the
 * picture is whole. An MCU is 64 numbers for each of its blocks, in zigzag order, the first of them absolute. For one
 * thread.
 */
final class ScanReader {
    private static final int END_OF_BLOCK = 0x00;
    private static final int SIXTEEN_ZEROS = 0xF0;
    private static final int LARGEST_DC_SIZE = 11;
    private static final int LARGEST_DC = 2_047;

    private final CodedBits bits;
    private final int mcus;
    private final HuffmanTable[] dc;
    private final HuffmanTable[] ac;
    private final int[] plane;
    private final int[] last = new int[3];
    private int part = -1;
    private int mcusLeft;
    private int mcusLeftInPart;
    private int bit;

    ScanReader(CodedPicture picture) {
        CodedFrame frame = picture.frame();
        bits = picture.bits();
        mcus = frame.mcus();
        mcusLeft = mcus;
        plane = planes(frame);
        List<Component> components = frame.components();
        dc = components.stream().map(Component::dc).toArray(HuffmanTable[]::new);
        ac = components.stream().map(Component::ac).toArray(HuffmanTable[]::new);
    }

    /** Which plane each block of an MCU belongs to. */
    static int[] planes(CodedFrame frame) {
        int[] planes = new int[frame.blocksPerMcu()];
        int block = 0;
        for (int i = 0; i < frame.components().size(); i++) {
            int blocks = frame.components().get(i).blocks();
            Arrays.fill(planes, block, block + blocks, i);
            block += blocks;
        }
        return planes;
    }

    /**
     * Goes to the start of the next part, where prediction begins anew.
     *
     * @return the number of MCUs in it; 0 when there is none left
     */
    int nextPart() {
        if (mcusLeft == 0) {
            return 0;
        }
        part++;
        bit = bits.start(part);
        Arrays.fill(last, 0);
        mcusLeftInPart = Math.min(bits.mcusPerPart(), mcusLeft);
        return mcusLeftInPart;
    }

    /** @param at where in {@code coefficients} the MCU's first number comes to; all are overwritten */
    void read(short[] coefficients, int at) throws NeedsDecoding {
        beginMcu();
        Arrays.fill(coefficients, at, at + plane.length * 64, (short) 0);
        for (int i = 0; i < plane.length; i++) {
            coefficients[at + i * 64] = (short) readDc(plane[i]);
            readAc(ac[plane[i]], coefficients, at + i * 64);
        }
        endMcu();
    }

    /** Passes over an MCU, with all checks. */
    void skip() throws NeedsDecoding {
        beginMcu();
        for (int component : plane) {
            readDc(component);
            skipAc(ac[component]);
        }
        endMcu();
    }

    /** Where the next MCU's bits begin. */
    int bit() {
        return bit;
    }

    /** The last absolute DC value of a plane. */
    int lastDc(int component) {
        return last[component];
    }

    private void beginMcu() {
        if (mcusLeftInPart == 0) {
            nextPart();
        }
    }

    private void endMcu() throws NeedsDecoding {
        if (bit > bits.end(part)) {
            throw new NeedsDecoding("is cut off in the middle");
        }
        mcusLeft--;
        mcusLeftInPart--;
        if (mcusLeftInPart == 0 && bits.end(part) - bit > 7 && mcusLeft > 0) {
            throw new NeedsDecoding("has too much between two restart markers");
        }
    }

    private int readDc(int component) throws NeedsDecoding {
        long window = bits.window(bit);
        int found = dc[component].find(window);
        int size = found >>> 8;
        if (found == HuffmanTable.NO_CODE || size > LARGEST_DC_SIZE) {
            throw new NeedsDecoding("has a damaged scan");
        }
        int length = found & 0xFF;
        bit += length + size;
        last[component] += value(window << length, size);
        if (Math.abs(last[component]) > LARGEST_DC) {
            throw new NeedsDecoding("has a damaged scan");
        }
        return last[component];
    }

    private void readAc(HuffmanTable table, short[] coefficients, int block) throws NeedsDecoding {
        int place = 1;
        while (place < 64) {
            long window = bits.window(bit);
            int found = table.find(window);
            int symbol = found >>> 8;
            int length = found & 0xFF;
            int size = symbol & 15;
            bit += length + size;
            if (size == 0) {
                if (symbol == END_OF_BLOCK && found != HuffmanTable.NO_CODE) {
                    return;
                }
                place += sixteenZeros(symbol);
                continue;
            }
            place += symbol >>> 4;
            if (place > 63) {
                break;
            }
            coefficients[block + place++] = (short) value(window << length, size);
        }
        endBlock(place);
    }

    private void skipAc(HuffmanTable table) throws NeedsDecoding {
        int place = 1;
        while (place < 64) {
            int found = table.find(bits.window(bit));
            int symbol = found >>> 8;
            int size = symbol & 15;
            bit += (found & 0xFF) + size;
            if (size == 0) {
                if (symbol == END_OF_BLOCK && found != HuffmanTable.NO_CODE) {
                    return;
                }
                place += sixteenZeros(symbol);
                continue;
            }
            place += (symbol >>> 4) + 1;
        }
        endBlock(place);
    }

    private static int sixteenZeros(int symbol) throws NeedsDecoding {
        if (symbol != SIXTEEN_ZEROS) {
            throw new NeedsDecoding("has a damaged scan");
        }
        return 16;
    }

    private static void endBlock(int place) throws NeedsDecoding {
        if (place != 64) {
            throw new NeedsDecoding("has a damaged scan");
        }
    }

    /** A number of so many bits whose first one is 0 if it is negative (F.2.2.1). */
    private static int value(long window, int size) {
        if (size == 0) {
            return 0;
        }
        int bits = (int) (window >>> (64 - size));
        return (bits >>> (size - 1)) == 1 ? bits : bits - (1 << size) + 1;
    }
}
