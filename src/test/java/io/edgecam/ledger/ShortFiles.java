package io.edgecam.ledger;

import io.edgecam.picture.Picture;
import java.util.List;
import java.util.function.Supplier;

/** Ledgers that begin a new file after a few lines and keep them all. */
public final class ShortFiles {
    private ShortFiles() {}

    public static Ledger ledger(Supplier<List<Picture>> spool) {
        return new Ledger(spool, new Journal.Bounds(8 << 20, 700));
    }
}
