package io.edgecam.ledger;

/**
 * How many pictures, by what became of them; each is counted once.
 *
 * @param spooled on this device only
 * @param dropped taken, and given up before they were uploaded
 * @param failed ordered, and never taken
 * @param underway ordered, and neither taken nor failed yet
 */
public record Account(int uploaded, int spooled, int dropped, int failed, int underway) {
    public static final Account NONE = new Account(0, 0, 0, 0, 0);

    /** One picture. */
    static Account of(Fate fate) {
        return switch (fate) {
            case EXPECTED -> new Account(0, 0, 0, 0, 1);
            case TAKEN -> new Account(0, 1, 0, 0, 0);
            case UPLOADED -> new Account(1, 0, 0, 0, 0);
            case DROPPED -> new Account(0, 0, 1, 0, 0);
            case FAILED -> new Account(0, 0, 0, 1, 0);
        };
    }

    public int expected() {
        return taken() + failed + underway;
    }

    public int taken() {
        return uploaded + spooled + dropped;
    }

    public Account plus(Account other) {
        return new Account(
                uploaded + other.uploaded,
                spooled + other.spooled,
                dropped + other.dropped,
                failed + other.failed,
                underway + other.underway);
    }
}
