package io.edgecam.imaging;

/** The order in which a block's 64 coefficients are coded (ITU-T T.81, A.3.6): diagonal by diagonal, low ones first. */
final class Zigzag {
    private static final int[] COLUMNS = new int[64];
    private static final int[] ROWS = new int[64];

    static {
        int place = 0;
        for (int diagonal = 0; diagonal < 15; diagonal++) {
            for (int step = 0; step <= diagonal; step++) {
                int row = diagonal % 2 == 0 ? diagonal - step : step;
                int column = diagonal - row;
                if (row < 8 && column < 8) {
                    COLUMNS[place] = column;
                    ROWS[place] = row;
                    place++;
                }
            }
        }
    }

    private Zigzag() {}

    /** The horizontal frequency of the coefficient at a place, 0 to 7. */
    static int column(int place) {
        return COLUMNS[place];
    }

    /** The vertical frequency of the coefficient at a place, 0 to 7. */
    static int row(int place) {
        return ROWS[place];
    }

    /** The place whose row is this one's column, and the other way round. */
    static int transposed(int place) {
        for (int other = 0; other < 64; other++) {
            if (COLUMNS[other] == ROWS[place] && ROWS[other] == COLUMNS[place]) {
                return other;
            }
        }
        throw new IllegalArgumentException(place + " is outside of a block");
    }
}
