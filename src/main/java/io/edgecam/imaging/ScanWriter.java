package io.edgecam.imaging;

/**
 * Codes MCUs as a baseline scan without restart markers (ITU-T T.81, F.1.2), behind the header of its frame. For one
 * thread.
 */
final class ScanWriter {
    private static final int END_OF_BLOCK = 0x00;
    private static final int SIXTEEN_ZEROS = 0xF0;

    private final HuffmanTable[] dc;
    private final HuffmanTable[] ac;
    private final BitWriter out;
    private final int[] plane;
    private final int[] last = new int[3];

    /** @param expected bytes of the scan, as a guess */
    ScanWriter(CodedFrame frame, int expected) {
        dc = frame.components().stream().map(Component::dc).toArray(HuffmanTable[]::new);
        ac = frame.components().stream().map(Component::ac).toArray(HuffmanTable[]::new);
        plane = ScanReader.planes(frame);
        out = new BitWriter(frame.header(), expected);
    }

    /** @throws NeedsDecoding if the frame's tables lack a symbol that is needed */
    void write(short[] coefficients, int at) throws NeedsDecoding {
        for (int i = 0; i < plane.length; i++) {
            int start = at + i * 64;
            int step = coefficients[start] - last[plane[i]];
            last[plane[i]] = coefficients[start];
            put(dc[plane[i]], 0, step);
            putAc(ac[plane[i]], coefficients, start);
        }
    }

    /** Takes over one part of another scan that has the same tables; only its first MCU's DC values are coded anew. */
    void writePart(ScanReader from, int mcus, CodedBits bits) throws NeedsDecoding {
        short[] first = new short[plane.length * 64];
        from.read(first, 0);
        write(first, 0);
        int start = from.bit();
        for (int i = 1; i < mcus; i++) {
            from.skip();
        }
        out.copy(bits, start, from.bit());
        for (int i = 0; i < last.length; i++) {
            last[i] = from.lastDc(i);
        }
    }

    byte[] finish() {
        return out.finish();
    }

    private void putAc(HuffmanTable table, short[] coefficients, int start) throws NeedsDecoding {
        int zeros = 0;
        for (int place = 1; place < 64; place++) {
            int value = coefficients[start + place];
            if (value == 0) {
                zeros++;
                continue;
            }
            for (; zeros > 15; zeros -= 16) {
                put(table, SIXTEEN_ZEROS, 0);
            }
            put(table, zeros << 4, value);
            zeros = 0;
        }
        if (zeros > 0) {
            put(table, END_OF_BLOCK, 0);
        }
    }

    /** The code of a symbol, whose lower half is the size of the value, and the value. */
    private void put(HuffmanTable table, int run, int value) throws NeedsDecoding {
        int size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
        int symbol = run | size;
        int length = size > 15 ? 0 : table.length(symbol);
        if (length == 0) {
            throw new NeedsDecoding("has Huffman tables without the symbol " + symbol);
        }
        long bits = (value < 0 ? value - 1 : value) & ((1L << size) - 1);
        out.put(((long) table.code(symbol) << size) | bits, length + size);
    }
}
