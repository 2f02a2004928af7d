package io.edgecam.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/** A Huffman code (ITU-T T.81, annex C), for reading and for writing. Immutable, for any number of threads. */
final class HuffmanTable {
    /** The tables of annex K.3, which know every symbol that a picture of 8 bits can need. */
    static final HuffmanTable DC_LUMINANCE = standard(JPEGHuffmanTable.StdDCLuminance);

    static final HuffmanTable AC_LUMINANCE = standard(JPEGHuffmanTable.StdACLuminance);
    static final HuffmanTable DC_CHROMINANCE = standard(JPEGHuffmanTable.StdDCChrominance);
    static final HuffmanTable AC_CHROMINANCE = standard(JPEGHuffmanTable.StdACChrominance);

    /** What {@link #find} answers where no code matches. */
    static final int NO_CODE = 0;

    private static final int LONGEST = 16;
    private static final int QUICK_BITS = 10;

    private final int[] counts;
    private final int[] symbols;
    private final int[] codes = new int[256];
    private final int[] lengths = new int[256];
    private final int[] quick = new int[1 << QUICK_BITS];
    private final int[] endOfLength = new int[LONGEST + 1];
    private final int[] firstSymbol = new int[LONGEST + 1];

    private HuffmanTable(int[] counts, int[] symbols) throws NeedsDecoding {
        this.counts = counts;
        this.symbols = symbols;
        int code = 0;
        int next = 0;
        for (int length = 1; length <= LONGEST; length++) {
            firstSymbol[length] = next - code;
            for (int i = 0; i < counts[length - 1]; i++) {
                enter(symbols[next++], code++, length);
            }
            if (code > 1 << length) {
                throw new NeedsDecoding("has a Huffman table with too many codes");
            }
            endOfLength[length] = code;
            code <<= 1;
        }
    }

    /** Reads one table of a DHT segment (B.2.4.2), after its number. */
    static HuffmanTable read(ByteBuffer in) throws NeedsDecoding {
        int[] counts = new int[LONGEST];
        int all = 0;
        for (int i = 0; i < LONGEST; i++) {
            counts[i] = in.get() & 0xFF;
            all += counts[i];
        }
        if (all > 256) {
            throw new NeedsDecoding("has a Huffman table with too many symbols");
        }
        int[] symbols = new int[all];
        for (int i = 0; i < all; i++) {
            symbols[i] = in.get() & 0xFF;
        }
        return new HuffmanTable(counts, symbols);
    }

    /**
     * The symbol whose code comes next.
     *
     * @param window the next bits, leftmost first
     * @return the symbol times 256, plus the length of its code in bits; or {@link #NO_CODE}
     */
    int find(long window) {
        int entry = quick[(int) (window >>> (64 - QUICK_BITS))];
        return entry == NO_CODE ? findLong(window) : entry;
    }

    private int findLong(long window) {
        for (int length = QUICK_BITS + 1; length <= LONGEST; length++) {
            int code = (int) (window >>> (64 - length));
            if (code < endOfLength[length]) {
                return symbols[firstSymbol[length] + code] << 8 | length;
            }
        }
        return NO_CODE;
    }

    /** The code of a symbol. */
    int code(int symbol) {
        return codes[symbol];
    }

    /** Bits in the code of a symbol; 0 if the table does not know it. */
    int length(int symbol) {
        return lengths[symbol];
    }

    boolean knowsAllOf(HuffmanTable other) {
        return IntStream.of(other.symbols).allMatch(symbol -> lengths[symbol] > 0);
    }

    /** As a part of a DHT segment. */
    void write(ByteArrayOutputStream out, int number) {
        out.write(number);
        for (int count : counts) {
            out.write(count);
        }
        for (int symbol : symbols) {
            out.write(symbol);
        }
    }

    private void enter(int symbol, int code, int length) {
        codes[symbol] = code;
        lengths[symbol] = length;
        int spare = QUICK_BITS - length;
        for (int i = 0; spare >= 0 && i < 1 << spare; i++) {
            int at = (code << spare) + i;
            if (at < quick.length) {
                quick[at] = symbol << 8 | length;
            }
        }
    }

    private static HuffmanTable standard(JPEGHuffmanTable table) {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST + table.getValues().length);
        for (short count : table.getLengths()) {
            bytes.put((byte) count);
        }
        bytes.position(LONGEST);
        for (short symbol : table.getValues()) {
            bytes.put((byte) symbol);
        }
        try {
            return read(bytes.flip());
        } catch (NeedsDecoding e) {
            throw new IllegalStateException("the tables of the standard are sound", e);
        }
    }
}
