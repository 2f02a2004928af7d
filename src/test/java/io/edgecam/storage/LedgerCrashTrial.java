package io.edgecam.storage;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.ledger.Account;
import io.edgecam.ledger.Ledger;
import io.edgecam.ledger.ShortFiles;
import io.edgecam.ledger.Statement;
import io.edgecam.ledger.Statement.Query;
import io.edgecam.ledger.Wish;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.picture.Trigger;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.SpoolSettings.Order;
import io.edgecam.settings.SpoolSettings.WhenFull;
import io.edgecam.storage.crash.CrashDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A spool and its ledger, used at random until the power goes, several times over; at last everything that waits is
 * uploaded, and the ledger compared with what has arrived. For one thread.
 */
final class LedgerCrashTrial {
    private static final Jpeg IMAGE = SamplePictures.jpeg(1);
    private static final int CUTS = 4;
    private static final int MOST_ACTIONS = 40;
    private static final long BOUND = 20_000;

    private final Random random;
    private final boolean settles;
    private final Told told = new Told();
    private final Losses losses = new Losses(told.events(), InstantSource.fixed(SamplePictures.NOON));
    private final Set<String> safe = new HashSet<>();
    private final Set<String> arrived = new HashSet<>();
    private final Set<String> settled = new HashSet<>();
    private CrashDisk disk = new CrashDisk();
    private Optional<Spool> spool = Optional.empty();
    private Ledger ledger = newLedger();
    private int disagreements;

    private LedgerCrashTrial(long seed, boolean settles) {
        this.random = new Random(seed);
        this.settles = settles;
        told.events().listen(event -> ledger.hear(event));
    }

    /** @param settles whether the ledger is on disk before a picture leaves the spool, as it has to be */
    static Verdict run(long seed, boolean settles) throws IOException {
        LedgerCrashTrial trial = new LedgerCrashTrial(seed, settles);
        for (int cut = 0; cut < CUTS; cut++) {
            trial.useUntilThePowerGoes();
            trial.compare();
        }
        return trial.verdict();
    }

    private void useUntilThePowerGoes() {
        disk.cutAfter(1 + random.nextInt(300));
        try {
            open();
            for (int i = random.nextInt(MOST_ACTIONS); i >= 0 && !disk.isOff(); i--) {
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> upload();
                    case 4 ->
                        ledger.expect("front", Trigger.WEB, SamplePictures.NOON).failed("TimedOut", "no frame");
                    case 5 -> ledger.settle();
                    case 6 -> {
                        close();
                        open();
                    }
                    default -> take();
                }
            }
        } catch (IOException thePowerIsOff) {
            if (!disk.isOff()) {
                throw new AssertionError("only the power goes here", thePowerIsOff);
            }
        }
        disk.cutAfter(0);
        close();
        disk = disk.afterPowerLoss(random);
    }

    private void take() throws IOException {
        try (Wish wish = ledger.expect("front", Trigger.METHOD, SamplePictures.NOON)) {
            Picture picture = SamplePictures.named(wish.id(), wish.id() + ".jpg", IMAGE, SamplePictures.NOON);
            spool.orElseThrow().add(picture, IMAGE, "", 0);
            safe.add(picture.id());
            wish.taken(picture);
        }
    }

    private void upload() {
        Optional<Waiting> next = spool.orElseThrow().take(any -> true);
        if (next.isPresent() && !disk.isOff()) {
            Picture picture = next.get().picture();
            arrived.add(picture.id());
            told.events().tell(Event.ofPicture(EventType.PICTURE_STORED, SamplePictures.NOON, picture, Map.of()));
            if (settles) {
                ledger.settle();
            }
            if (!disk.isOff()) {
                settled.add(picture.id());
            }
            spool.orElseThrow().remove(next.get());
        }
    }

    /** After every return of the power: both ways of counting agree, and the spool with them. */
    private void compare() throws IOException {
        open();
        Account sum = ledger.statement(Query.ALL).sum();
        Account totals = ledger.totals().getOrDefault("front", Account.NONE);
        long waitOnly = spool.orElseThrow().newest(Integer.MAX_VALUE).stream()
                .filter(picture -> !arrived.contains(picture.id()))
                .count();
        boolean agree = sum.equals(totals) && sum.spooled() >= waitOnly && sum.underway() == 0;
        disagreements += agree ? 0 : 1;
        close();
    }

    private Verdict verdict() throws IOException {
        open();
        while (!spool.orElseThrow().newest(1).isEmpty()) {
            upload();
        }
        Statement all = ledger.statement(Query.ALL);
        Account totals = ledger.totals().getOrDefault("front", Account.NONE);
        disagreements += all.sum().equals(totals) ? 0 : 1;
        Set<String> gone = new HashSet<>(safe);
        gone.removeAll(arrived);
        for (Event event : told.all(EventType.PICTURE_DROPPED)) {
            String id = event.correlation().orElseThrow();
            gone.remove(id);
            // The power went between the store's yes and the ledger, and the copy in the spool was overwritten later.
            if (!settled.contains(id)) {
                arrived.remove(id);
            }
        }
        close();
        return new Verdict(
                CUTS,
                safe.size(),
                arrived.size(),
                all.sum().uploaded(),
                all.sum().spooled(),
                gone.size(),
                disagreements);
    }

    private void open() throws IOException {
        Path folder = disk.path("/data/spool");
        SpoolSettings settings = new SpoolSettings(folder, BOUND, 0, WhenFull.OVERWRITE_OLDEST, Order.OLDEST_FIRST);
        spool = Optional.of(Spool.open(settings, 1, losses));
        ledger = newLedger();
        ledger.open(folder);
    }

    private void close() {
        spool.ifPresent(Spool::close);
        ledger.close();
    }

    private Ledger newLedger() {
        return ShortFiles.ledger(
                () -> spool.map(one -> one.newest(Integer.MAX_VALUE)).orElse(List.of()));
    }

    /**
     * What came of it.
     *
     * @param arrived pictures that the store has said yes to
     * @param uploaded how many the ledger says that were
     * @param leftSpooled how many it says still wait, when none does
     * @param lost pictures that were safe, did not arrive and were not told of as dropped
     * @param disagreements between its two ways of counting, or with the spool
     */
    record Verdict(int cuts, int safe, int arrived, int uploaded, int leftSpooled, int lost, int disagreements) {
        static final Verdict NONE = new Verdict(0, 0, 0, 0, 0, 0, 0);

        boolean isFlawless() {
            return uploaded == arrived && leftSpooled == 0 && lost == 0 && disagreements == 0;
        }

        Verdict plus(Verdict other) {
            return new Verdict(
                    cuts + other.cuts,
                    safe + other.safe,
                    arrived + other.arrived,
                    uploaded + other.uploaded,
                    leftSpooled + other.leftSpooled,
                    lost + other.lost,
                    disagreements + other.disagreements);
        }
    }
}
