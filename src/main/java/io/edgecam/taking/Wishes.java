package io.edgecam.taking;

import io.edgecam.ledger.Ledger;
import io.edgecam.ledger.Wish;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All pictures that an order asks for, in the ledger before the first is taken, so that each has a fate whatever becomes of
 * the order, by round and camera. For one thread.
 */
final class Wishes implements AutoCloseable {
    private static final String NOT_BEGUN = "NotBegun";

    private final List<Map<String, Wish>> rounds = new ArrayList<>();
    private int begun;

    private Wishes() {}

    static Wishes of(Order order, Collection<String> cameras, Ledger ledger, InstantSource clock) {
        Instant now = clock.instant();
        long nowNanos = System.nanoTime();
        Wishes wishes = new Wishes();
        for (int round = 0; round < order.count(); round++) {
            Instant moment = now.plusNanos(order.moment(round) - nowNanos);
            Map<String, Wish> byCamera = new TreeMap<>();
            cameras.forEach(name -> byCamera.put(name, ledger.expect(name, order.trigger(), moment)));
            wishes.rounds.add(byCamera);
        }
        return wishes;
    }

    /** Those of a round that begins, by camera. */
    Map<String, Wish> of(int round) {
        begun = round + 1;
        return rounds.get(round);
    }

    /**
     * There will be no more rounds than have begun.
     *
     * @param why what went wrong in the last of them
     */
    void giveUp(String why) {
        for (int round = begun; round < rounds.size(); round++) {
            String detail = "not begun, as an earlier picture of this order failed: " + why;
            rounds.get(round).values().forEach(wish -> wish.failed(NOT_BEGUN, detail));
        }
    }

    /** Those that are neither taken nor failed were given up. */
    @Override
    public void close() {
        rounds.forEach(round -> round.values().forEach(Wish::close));
    }
}
