package io.edgecam.check;

import java.time.Duration;
import java.time.Instant;

/** How far the clock of this device is from one that somebody else showed. */
final class Moment {
    private static final Duration SMALL = Duration.ofSeconds(30);
    /** Blob Storage refuses a signature that is off by 15 minutes. */
    private static final Duration LARGE = Duration.ofMinutes(5);

    private Moment() {}

    static Finding compare(Instant here, Instant there, String where) {
        Duration off = Duration.between(there, here);
        String sentence = words(off) + " against " + where;
        if (off.abs().compareTo(LARGE) > 0) {
            return Finding.wrong(
                    "clock",
                    sentence + ": correct it on the host, sudo timedatectl set-ntp true; IoT Hub and Blob"
                            + " Storage refuse a wrong one");
        }
        return off.abs().compareTo(SMALL) > 0
                ? Finding.note("clock", sentence + ": see timedatectl on the host")
                : Finding.ok("clock", sentence);
    }

    private static String words(Duration off) {
        long seconds = off.abs().toSeconds();
        if (seconds == 0) {
            return "right";
        }
        String amount =
                seconds < 180 ? seconds + " s" : seconds < 3 * 3600 ? seconds / 60 + " min" : seconds / 3600 + " h";
        return amount + (off.isNegative() ? " behind" : " ahead");
    }
}
