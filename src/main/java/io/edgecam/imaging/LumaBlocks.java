package io.edgecam.imaging;

import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Jpeg;
import java.awt.image.BufferedImage;

/**
 * Measures a picture by its blocks of 8x8 luma samples, of each its mean and its detail. Both can be had of the samples or
 * of their cosine transform without transforming back: the mean is the first coefficient, and the Laplacian, with the block
 * mirrored at its edges, multiplies each coefficient by a number of its own (Gilbert Strang, The Discrete Cosine Transform,
 * SIAM Review 41, 1999), after which its squares sum up to the same (Parseval). For one thread.
 */
final class LumaBlocks {
    private static final int MOST_FIELDS = 64;
    private static final double CLEARLY_DIFFERENT = 8;
    private static final int MIDDLE = 128;
    private static final double[] LAPLACIAN = laplacian();

    private final int across;
    private final int fieldsAcross;
    private final int fieldsDown;
    private final int down;
    private final double[] sums;
    private final int[] counts;
    private double brightness;
    private double detail;
    private long view = 17;

    private LumaBlocks(int width, int height) {
        across = (width + 7) / 8;
        down = (height + 7) / 8;
        fieldsAcross = Math.min(MOST_FIELDS, across);
        fieldsDown = Math.min(MOST_FIELDS, down);
        sums = new double[fieldsAcross * fieldsDown];
        counts = new int[sums.length];
    }

    /** Reads the coefficients only. */
    static Quality coded(CodedPicture picture) throws NeedsDecoding {
        CodedFrame frame = picture.frame();
        Component luma = frame.components().get(0);
        LumaBlocks blocks = new LumaBlocks(frame.width(), frame.height());
        ScanReader reader = new ScanReader(picture);
        short[] mcu = new short[frame.blocksPerMcu() * 64];
        for (int row = 0; row < frame.mcusDown(); row++) {
            for (int column = 0; column < frame.mcusAcross(); column++) {
                reader.read(mcu, 0);
                for (int block = 0; block < luma.blocks(); block++) {
                    int x = column * luma.across() + block % luma.across();
                    int y = row * luma.down() + block / luma.across();
                    blocks.add(x, y, mcu, block * 64, luma.quantisation());
                }
            }
        }
        return blocks.quality();
    }

    /** For what is no baseline JPEG. */
    static Quality decoded(Jpeg image) throws BadJpegException {
        BufferedImage pixels = Codec.decode(image);
        LumaBlocks blocks = new LumaBlocks(image.width(), image.height());
        double[] samples = new double[64];
        for (int y = 0; y < blocks.down; y++) {
            for (int x = 0; x < blocks.across; x++) {
                for (int i = 0; i < 64; i++) {
                    samples[i] = luma(pixels.getRGB(
                            Math.min(x * 8 + i % 8, image.width() - 1), Math.min(y * 8 + i / 8, image.height() - 1)));
                }
                blocks.add(x, y, samples);
            }
        }
        return blocks.quality();
    }

    private void add(int x, int y, short[] coefficients, int at, Quantisation quantisation) {
        double squares = 0;
        for (int i = 1; i < 64; i++) {
            if (coefficients[at + i] != 0) {
                double edge = LAPLACIAN[i] * quantisation.step(i) * coefficients[at + i];
                squares += edge * edge;
            }
        }
        double mean = MIDDLE + coefficients[at] * quantisation.step(0) / 8.0;
        add(x, y, Math.max(0, Math.min(255, mean)), squares / 64);
    }

    private void add(int x, int y, double[] samples) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 64; i++) {
            double left = samples[i % 8 == 0 ? i : i - 1];
            double right = samples[i % 8 == 7 ? i : i + 1];
            double above = samples[i < 8 ? i : i - 8];
            double below = samples[i >= 56 ? i : i + 8];
            double edge = left + right + above + below - 4 * samples[i];
            sum += samples[i];
            squares += edge * edge;
        }
        add(x, y, sum / 64, squares / 64);
    }

    /** The fill beyond the picture's edges is left out. */
    private void add(int x, int y, double mean, double squares) {
        if (x >= across || y >= down) {
            return;
        }
        int field = y * fieldsDown / down * fieldsAcross + x * fieldsAcross / across;
        sums[field] += mean;
        counts[field]++;
        brightness += mean;
        detail += squares;
        view = mixed(mixed(view, Double.doubleToLongBits(mean)), Double.doubleToLongBits(squares));
    }

    private Quality quality() {
        int count = across * down;
        return new Quality(brightness / count, detail / count, structure(), view);
    }

    private double structure() {
        int different = 0;
        int neighbours = 0;
        for (int y = 0; y < fieldsDown; y++) {
            for (int x = 0; x < fieldsAcross; x++) {
                if (x > 0) {
                    neighbours++;
                    different += differ(x, y, x - 1, y) ? 1 : 0;
                }
                if (y > 0) {
                    neighbours++;
                    different += differ(x, y, x, y - 1) ? 1 : 0;
                }
            }
        }
        return neighbours == 0 ? 0 : different / (double) neighbours;
    }

    private boolean differ(int x, int y, int otherX, int otherY) {
        return Math.abs(field(x, y) - field(otherX, otherY)) > CLEARLY_DIFFERENT;
    }

    private double field(int x, int y) {
        int field = y * fieldsAcross + x;
        return sums[field] / counts[field];
    }

    /** A step of a hash in which every bit goes on to the next one (the finisher of SplitMix64). */
    private static long mixed(long hash, long value) {
        long mixed = (hash ^ value) * 0xBF58476D1CE4E5B9L;
        return (mixed ^ (mixed >>> 31)) * 0x94D049BB133111EBL;
    }

    /** ITU-R BT.601. */
    private static double luma(int rgb) {
        return 0.299 * (rgb >> 16 & 0xFF) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF);
    }

    private static double[] laplacian() {
        double[] factors = new double[64];
        for (int i = 0; i < 64; i++) {
            factors[i] = 2 * Math.cos(Math.PI * Zigzag.column(i) / 8) + 2 * Math.cos(Math.PI * Zigzag.row(i) / 8) - 4;
        }
        return factors;
    }
}
