package io.edgecam.web;

import io.edgecam.metrics.WebFigures;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever shows ten wrong tokens within a minute is not looked at for a minute. An address is a whole IPv4 address or the
 * first 64 bits of an IPv6 one, for that is what one household or attacker gets. For any number of threads.
 */
final class Lockout {
    private static final Logger log = LoggerFactory.getLogger(Lockout.class);

    static final int WRONG_ONES = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    /** With more addresses than these the one that was wrong longest ago is forgotten. */
    static final int ADDRESSES = 1024;

    private static final int NETWORK_BYTES = 8;

    private final LongSupplier nanos;
    private final WebFigures figures;
    private final Map<String, Tries> byAddress = new LinkedHashMap<>();

    /** @param nanos as {@link System#nanoTime} */
    Lockout(LongSupplier nanos, WebFigures figures) {
        this.nanos = nanos;
        this.figures = figures;
    }

    /** @throws RefusedException if nothing that this address shows is looked at now; says for how long */
    synchronized void check(InetAddress address) throws RefusedException {
        Tries tries = byAddress.get(network(address));
        long left = tries == null ? 0 : tries.lockedNanos(nanos.getAsLong());
        if (left > 0) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(left) + 1;
            throw new RefusedException(Reply.error(
                            429,
                            "TooManyTries",
                            "too many wrong tokens came from your address: none is looked at for " + seconds + " s")
                    .with("Retry-After", Long.toString(seconds)));
        }
    }

    /** A wrong token came from there. */
    synchronized void wrong(InetAddress address) {
        count(address, "");
    }

    /** A wrong cookie of the right form came from there; the same one again does not count again. */
    synchronized void wrong(InetAddress address, String cookie) {
        count(address, cookie);
    }

    private void count(InetAddress address, String cookie) {
        String network = network(address);
        Tries tries = byAddress.remove(network);
        if (tries == null) {
            makeRoom();
            tries = new Tries();
        }
        byAddress.put(network, tries);
        if (!cookie.isEmpty() && tries.lastCookie.equals(cookie)) {
            return;
        }
        tries.lastCookie = cookie.isEmpty() ? tries.lastCookie : cookie;
        figures.wrongToken();
        if (tries.add(nanos.getAsLong())) {
            figures.lockedOut();
            log.warn("{} wrong tokens came from {}: nothing it shows is looked at for a minute", WRONG_ONES, network);
        }
    }

    private void makeRoom() {
        Iterator<String> longestAgo = byAddress.keySet().iterator();
        while (byAddress.size() >= ADDRESSES && longestAgo.hasNext()) {
            longestAgo.next();
            longestAgo.remove();
        }
    }

    /** Java gives an IPv4 address that came over IPv6 as what it is. */
    private static String network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < NETWORK_BYTES; i += 2) {
            text.append("%x:".formatted(((network[i] & 0xFF) << 8) | (network[i + 1] & 0xFF)));
        }
        return text + ":/64";
    }

    /** The moments of the last wrong ones, the oldest overwritten. */
    private static final class Tries {
        private final long[] moments = new long[WRONG_ONES];
        private int count;
        private boolean locked;
        private long lockedSince;
        private String lastCookie = "";

        /** @return whether this one was too many */
        boolean add(long now) {
            moments[count % WRONG_ONES] = now;
            count++;
            long oldest = moments[count % WRONG_ONES];
            if (count < WRONG_ONES || now - oldest >= WINDOW.toNanos()) {
                return false;
            }
            locked = true;
            lockedSince = now;
            count = 0;
            return true;
        }

        long lockedNanos(long now) {
            return locked ? Math.max(0, lockedSince + WINDOW.toNanos() - now) : 0;
        }
    }
}
