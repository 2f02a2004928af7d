package io.edgecam.imaging;

/**
 * A picture's blocks in another order, each turned within itself, as jpegtran does it: pixels change their places and
 * nothing else. Only one row of MCUs is in memory where rows keep their order, else the whole picture, 3 to 6 bytes a
 * pixel. For one thread.
 */
final class TurnedScan {
    private final ScanReader reader;
    private final CodedFrame from;
    private final CodedFrame to;
    private final Symmetry symmetry;
    private final int[] places;
    private final int[] signs;
    private final int bandRows;
    private final int mcuLength;
    private final short[] band;
    private final short[] turned;

    /** @param to the frame of the turned picture */
    TurnedScan(CodedPicture picture, CodedFrame to, Symmetry symmetry) {
        this.reader = new ScanReader(picture);
        this.from = picture.frame();
        this.to = to;
        this.symmetry = symmetry;
        places = symmetry.places();
        signs = symmetry.signs();
        boolean rowByRow = !symmetry.transposed() && !symmetry.upended();
        bandRows = rowByRow ? 1 : from.mcusDown();
        mcuLength = from.blocksPerMcu() * 64;
        band = new short[bandRows * from.mcusAcross() * mcuLength];
        turned = new short[mcuLength];
    }

    void write(ScanWriter out) throws NeedsDecoding {
        for (int row = 0; row < from.mcusDown(); row += bandRows) {
            for (int at = 0; at < band.length; at += mcuLength) {
                reader.read(band, at);
            }
            writeBand(out);
        }
    }

    private void writeBand(ScanWriter out) throws NeedsDecoding {
        int mcus = band.length / mcuLength;
        for (int mcu = 0; mcu < mcus; mcu++) {
            turn(mcu % to.mcusAcross(), mcu / to.mcusAcross());
            out.write(turned, 0);
        }
    }

    private void turn(int column, int row) {
        int block = 0;
        int firstOfPlane = 0;
        for (Component component : to.components()) {
            for (int y = row * component.down(); y < (row + 1) * component.down(); y++) {
                for (int x = column * component.across(); x < (column + 1) * component.across(); x++) {
                    turnBlock(source(component, firstOfPlane, x, y), block++ * 64);
                }
            }
            firstOfPlane += component.blocks();
        }
    }

    /** Where in the band the block lies that comes to (x, y) of its turned plane. */
    private int source(Component turnedComponent, int firstOfPlane, int x, int y) {
        int mirroredX = symmetry.mirrored() ? to.mcusAcross() * turnedComponent.across() - 1 - x : x;
        int upendedY = symmetry.upended() ? to.mcusDown() * turnedComponent.down() - 1 - y : y;
        int sourceX = symmetry.transposed() ? upendedY : mirroredX;
        int sourceY = symmetry.transposed() ? mirroredX : upendedY;
        int across = symmetry.transposed() ? turnedComponent.down() : turnedComponent.across();
        int down = symmetry.transposed() ? turnedComponent.across() : turnedComponent.down();
        int mcu = sourceY / down * from.mcusAcross() + sourceX / across;
        return mcu * mcuLength + (firstOfPlane + sourceY % down * across + sourceX % across) * 64;
    }

    private void turnBlock(int source, int target) {
        for (int i = 0; i < 64; i++) {
            turned[target + i] = (short) (band[source + places[i]] * signs[i]);
        }
    }
}
