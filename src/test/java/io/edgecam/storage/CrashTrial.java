package io.edgecam.storage;

import io.edgecam.event.EventType;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.SpoolSettings.Order;
import io.edgecam.settings.SpoolSettings.WhenFull;
import io.edgecam.storage.SpoolFile.DamagedException;
import io.edgecam.storage.crash.CrashDisk;
import io.edgecam.storage.crash.CrashDisk.Careless;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A spool that is used at random until the power goes, several times over, and judged after each. For one thread. */
final class CrashTrial {
    private static final List<Jpeg> IMAGES = IntStream.range(0, 8)
            .mapToObj(n -> SamplePictures.jpeg(n, 16 + 8 * n, 16))
            .toList();
    private static final int CUTS = 4;
    private static final int MOST_ACTIONS = 40;
    private static final long BOUND = 30_000;

    private final Random random;
    private final Told told = new Told();
    private final Losses losses = new Losses(told.events(), InstantSource.fixed(SamplePictures.NOON));
    private final Map<String, Jpeg> owed = new LinkedHashMap<>();
    private CrashDisk disk;
    private int made;
    private int acknowledged;
    private int taken;
    private int lost;
    private int damaged;
    private int outOfOrder;

    private CrashTrial(long seed, Careless... careless) {
        this.random = new Random(seed);
        this.disk = new CrashDisk(careless);
    }

    static Verdict run(long seed, Careless... careless) throws IOException {
        CrashTrial trial = new CrashTrial(seed, careless);
        for (int cut = 0; cut < CUTS; cut++) {
            trial.useUntilThePowerGoes();
            trial.judge();
        }
        int dropped = trial.told.all(EventType.PICTURE_DROPPED).size();
        return new Verdict(CUTS, trial.acknowledged, trial.taken, dropped, trial.lost, trial.damaged, trial.outOfOrder);
    }

    private void useUntilThePowerGoes() {
        disk.cutAfter(1 + random.nextInt(200));
        try {
            Spool spool = open();
            for (int i = random.nextInt(MOST_ACTIONS); i >= 0 && !disk.isOff(); i--) {
                switch (random.nextInt(12)) {
                    case 0, 1, 2 -> take(spool);
                    case 3 -> setAside(spool);
                    case 4 -> {
                        spool.close();
                        spool = open();
                    }
                    default -> add(spool);
                }
            }
        } catch (IOException thePowerIsOff) {
            assertOff(thePowerIsOff);
        }
        disk = disk.afterPowerLoss(random);
    }

    private void assertOff(IOException e) {
        if (!disk.isOff()) {
            throw new AssertionError("only the power goes here", e);
        }
    }

    private void add(Spool spool) throws IOException {
        Jpeg image = IMAGES.get(random.nextInt(IMAGES.size()));
        String id = "id-" + made++;
        Picture picture = SamplePictures.named(id, id + ".jpg", image, SamplePictures.NOON.minusSeconds(made));
        spool.add(picture, image, "newest", 0);
        acknowledged++;
        owed.put(id, image);
    }

    private void take(Spool spool) {
        Optional<Waiting> next = spool.take(any -> true);
        if (next.isPresent()) {
            taken++;
            owed.remove(next.get().picture().id());
            spool.remove(next.get());
            spool.replaced("newest", next.get().sequence());
        }
    }

    private void setAside(Spool spool) {
        Optional<Waiting> next = spool.take(any -> true);
        if (next.isPresent()) {
            owed.remove(next.get().picture().id());
            spool.setAside(next.get(), "played");
        }
    }

    /** What is owed must be there, whole and in order; what was given up may be there again. */
    private void judge() throws IOException {
        told.all(EventType.PICTURE_DROPPED)
                .forEach(event -> owed.remove(event.correlation().orElseThrow()));
        long setAside = losses.setAsideCount();
        List<String> found = new ArrayList<>();
        try (Spool spool = open()) {
            spool.take(waiting -> {
                try {
                    String id = waiting.picture().id();
                    if (Objects.equals(owed.get(id), spool.image(waiting))) {
                        found.add(id);
                    }
                } catch (IOException | DamagedException e) {
                    damaged++;
                }
                return false;
            });
        }
        damaged += (int) (losses.setAsideCount() - setAside);
        lost += owed.size() - found.size();
        owed.keySet().retainAll(found);
        outOfOrder += List.copyOf(owed.keySet()).equals(found) ? 0 : 1;
    }

    private Spool open() throws IOException {
        SpoolSettings settings =
                new SpoolSettings(disk.path("/data/spool"), BOUND, 0, WhenFull.OVERWRITE_OLDEST, Order.OLDEST_FIRST);
        return Spool.open(settings, 1, losses);
    }

    /**
     * What came of it.
     *
     * @param acknowledged pictures that were said to be safe
     * @param taken of these, uploaded
     * @param dropped of these, given up and told of, because the spool was full
     * @param lost of the rest, not there after the power was back, or not as they were
     * @param damaged files that were found and cannot be used
     */
    record Verdict(int cuts, int acknowledged, int taken, int dropped, int lost, int damaged, int outOfOrder) {
        static final Verdict NONE = new Verdict(0, 0, 0, 0, 0, 0, 0);

        boolean isFlawless() {
            return lost == 0 && damaged == 0 && outOfOrder == 0;
        }

        Verdict plus(Verdict other) {
            return new Verdict(
                    cuts + other.cuts,
                    acknowledged + other.acknowledged,
                    taken + other.taken,
                    dropped + other.dropped,
                    lost + other.lost,
                    damaged + other.damaged,
                    outOfOrder + other.outOfOrder);
        }
    }
}
