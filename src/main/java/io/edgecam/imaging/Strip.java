package io.edgecam.imaging;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * The stamp's strip as coefficients, in the quantisation of the picture that it comes to. It is as wide as the picture
 * with its fill, black, without colour. For one thread.
 */
final class Strip {
    private static final float[] COSINES = cosines();
    private static final int MIDDLE = 128;

    private final CodedFrame frame;
    private final byte[] luma;
    private final int stride;
    private final int mcuRows;
    private final float[] samples = new float[64];
    private final float[] rows = new float[64];

    /** @param height in pixels that will be seen; what is coded is rounded up to whole MCUs */
    Strip(CodedFrame frame, int height, String heading, String date) {
        this.frame = frame;
        stride = frame.mcusAcross() * frame.mcuWidth();
        mcuRows = (height + frame.mcuHeight() - 1) / frame.mcuHeight();
        BufferedImage canvas = new BufferedImage(stride, mcuRows * frame.mcuHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Rectangle place = new Rectangle(0, 0, frame.width(), height);
        StampLine.draw(canvas, place, StampLine.Ground.BLACK, heading, date);
        luma = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData();
    }

    void write(ScanWriter out) throws NeedsDecoding {
        Component component = frame.components().get(0);
        short[] mcu = new short[frame.blocksPerMcu() * 64];
        for (int row = 0; row < mcuRows; row++) {
            for (int column = 0; column < frame.mcusAcross(); column++) {
                for (int block = 0; block < component.blocks(); block++) {
                    int x = (column * component.across() + block % component.across()) * 8;
                    int y = (row * component.down() + block / component.across()) * 8;
                    transform(y * stride + x, component.quantisation(), mcu, block * 64);
                }
                out.write(mcu, 0);
            }
        }
    }

    /** The discrete cosine transform of one block (ITU-T T.81, A.3.3), quantised. */
    private void transform(int at, Quantisation quantisation, short[] to, int block) {
        if (isFlat(at)) {
            for (int i = 0; i < 64; i++) {
                to[block + i] = 0;
            }
            to[block] = (short) Math.round(samples[0] * 8 / quantisation.step(0));
            return;
        }
        for (int y = 0; y < 8; y++) {
            for (int frequency = 0; frequency < 8; frequency++) {
                float sum = 0;
                for (int x = 0; x < 8; x++) {
                    sum += samples[y * 8 + x] * COSINES[frequency * 8 + x];
                }
                rows[y * 8 + frequency] = sum;
            }
        }
        for (int i = 0; i < 64; i++) {
            int column = Zigzag.column(i);
            int row = Zigzag.row(i);
            float sum = 0;
            for (int y = 0; y < 8; y++) {
                sum += rows[y * 8 + column] * COSINES[row * 8 + y];
            }
            to[block + i] = (short) Math.round(sum / quantisation.step(i));
        }
    }

    /** Takes a block's samples, and says whether they are all the same. */
    private boolean isFlat(int at) {
        boolean flat = true;
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                samples[y * 8 + x] = (luma[at + y * stride + x] & 0xFF) - MIDDLE;
                flat &= samples[y * 8 + x] == samples[0];
            }
        }
        return flat;
    }

    private static float[] cosines() {
        float[] cosines = new float[64];
        for (int frequency = 0; frequency < 8; frequency++) {
            double scale = frequency == 0 ? Math.sqrt(0.125) : 0.5;
            for (int x = 0; x < 8; x++) {
                cosines[frequency * 8 + x] = (float) (scale * Math.cos((2 * x + 1) * frequency * Math.PI / 16));
            }
        }
        return cosines;
    }
}
