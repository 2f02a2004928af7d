package io.edgecam.storage;

import io.edgecam.event.Events;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.SpoolSettings.Order;
import io.edgecam.settings.SpoolSettings.WhenFull;
import io.edgecam.storage.SpoolFile.DamagedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what a {@link PictureMill} has said and compares it with what is in its spool, byte for byte: all that was spooled
 * and not dropped must be there. Exit code 1 if anything is lost or damaged.
 *
 * <p>{@code SpoolJudge FOLDER < SAID}
 */
final class SpoolJudge {
    private SpoolJudge() {}

    public static void main(String[] args) throws IOException {
        Set<Long> owed = new TreeSet<>();
        int acknowledged = 0;
        int dropped = 0;
        int refused = 0;
        BufferedReader said = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            String[] words = line.split(" ", 3);
            switch (words[0]) {
                case "spooled" -> {
                    owed.add(Long.parseLong(words[1]));
                    acknowledged++;
                }
                case "dropped" -> {
                    owed.remove(Long.parseLong(words[1]));
                    dropped++;
                }
                case "refused" -> refused++;
                default -> {}
            }
        }
        Found found = Found.in(Path.of(args[0]));
        owed.removeAll(found.whole());
        System.out.println("acknowledged " + acknowledged + ", dropped and told of " + dropped + ", refused " + refused
                + ", found " + found.whole().size() + ", lost " + owed.size() + ", damaged " + found.damaged());
        System.exit(owed.isEmpty() && found.damaged() == 0 ? 0 : 1);
    }

    /** What is in a spool. */
    record Found(Set<Long> whole, long damaged) {
        static Found in(Path folder) throws IOException {
            Losses losses = new Losses(new Events(), InstantSource.system());
            SpoolSettings settings =
                    new SpoolSettings(folder, Long.MAX_VALUE, 0, WhenFull.REJECT_NEW, Order.OLDEST_FIRST);
            Set<Long> whole = new HashSet<>();
            Set<Long> damaged = new HashSet<>();
            try (Spool spool = Spool.open(settings, 1, losses)) {
                spool.take(waiting -> {
                    long number = PictureMill.number(waiting.picture());
                    boolean same = isWhole(spool, waiting, number);
                    (same ? whole : damaged).add(number);
                    return false;
                });
            }
            return new Found(whole, damaged.size() + losses.setAsideCount());
        }

        private static boolean isWhole(Spool spool, Waiting waiting, long number) {
            try {
                return spool.image(waiting).equals(SamplePictures.bulky(number));
            } catch (IOException | DamagedException e) {
                return false;
            }
        }
    }
}
