package io.edgecam.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The steps in which a block's 64 coefficients are counted, in zigzag order. Immutable, for any number of threads. */
final class Quantisation {
    private final int[] steps;

    private Quantisation(int[] steps) {
        this.steps = steps;
    }

    /** @param bytes of each step: 1 or 2 */
    static Quantisation read(ByteBuffer in, int bytes) throws NeedsDecoding {
        int[] steps = new int[64];
        for (int i = 0; i < 64; i++) {
            steps[i] = bytes == 1 ? in.get() & 0xFF : in.getShort() & 0xFFFF;
            if (steps[i] == 0) {
                throw new NeedsDecoding("has a quantisation step of zero");
            }
        }
        return new Quantisation(steps);
    }

    int step(int place) {
        return steps[place];
    }

    /** For blocks whose columns became rows. */
    Quantisation transposed() {
        int[] turned = new int[64];
        for (int i = 0; i < 64; i++) {
            turned[i] = steps[Zigzag.transposed(i)];
        }
        return new Quantisation(turned);
    }

    /** As the content of a DQT segment (B.2.4.1). */
    void write(ByteArrayOutputStream out, int number) {
        boolean wide = false;
        for (int step : steps) {
            wide |= step > 255;
        }
        out.write((wide ? 0x10 : 0) | number);
        for (int step : steps) {
            if (wide) {
                out.write(step >> 8);
            }
            out.write(step);
        }
    }
}
