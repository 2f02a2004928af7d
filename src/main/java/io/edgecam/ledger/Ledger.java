package io.edgecam.ledger;

import io.edgecam.event.Event;
import io.edgecam.ledger.LastWords.Word;
import io.edgecam.picture.Picture;
import io.edgecam.picture.Trigger;
import io.edgecam.thread.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of every picture that was expected, in a journal beside the spool. What lies in the spool is known from the
 * spool itself; the journal says what was expected and how it ended. An upload is on disk before the picture leaves the
 * spool ({@link #settle}); all else is within 10 s, by a thread of its own, {@code ledger}. Where the folder cannot be
 * written, the newest 1000 lines wait in memory. For any number of threads.
 */
public final class Ledger implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ledger.class);
    private static final String FOLDER = "ledger";
    private static final int MOST_UNWRITTEN = 1000;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Supplier<List<Picture>> spool;
    private final Journal.Bounds bounds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition unsettled = lock.newCondition();
    private final Object forcing = new Object();
    private final Object reading = new Object();
    private final Tally tally = new Tally();
    private final Totals totals = new Totals();
    private final Leftovers leftovers = new Leftovers();
    private final Map<String, Line> underway = new HashMap<>();
    private final Deque<Line> unwritten = new ArrayDeque<>();
    private final Worker worker;

    private @Nullable Path wanted;
    private @Nullable Journal journal;
    private boolean complained;

    /** @param spool the pictures that wait for their upload; asked often, and never while the ledger is locked */
    public Ledger(Supplier<List<Picture>> spool) {
        this(spool, Journal.Bounds.USUAL);
    }

    Ledger(Supplier<List<Picture>> spool, Journal.Bounds bounds) {
        this.spool = spool;
        this.bounds = bounds;
        this.worker = Worker.start("ledger", this::settleNowAndThen);
    }

    /** From now on the journal is beside this spool, which is open by now; what it said before goes with it. */
    public void open(Path spoolFolder) {
        lock.lock();
        try {
            wanted = spoolFolder.resolve(FOLDER);
        } finally {
            lock.unlock();
        }
        takeUp();
    }

    /** A picture was ordered of a camera. */
    public Wish expect(String camera, Trigger trigger, Instant moment) {
        return new Wish(camera, trigger, moment, this::note);
    }

    /** Hears of uploads and losses; its line is written when this returns. */
    public void hear(Event event) {
        String detail = String.valueOf(event.details().getOrDefault("reason", ""));
        event.picture().ifPresent(picture -> {
            switch (event.type()) {
                case PICTURE_STORED -> note(Line.of(Fate.UPLOADED, picture));
                case PICTURE_DROPPED -> note(Line.missing(Fate.DROPPED, picture, "SpoolFull", detail));
                case PICTURE_FAILED -> note(Line.missing(Fate.DROPPED, picture, "GivenUp", detail));
                default -> {}
            }
        });
    }

    /** Forces to disk what was written so far. */
    public void settle() {
        synchronized (forcing) {
            Optional<Path> file;
            lock.lock();
            try {
                flush();
                file = journal == null ? Optional.empty() : journal.takeUnforced();
            } finally {
                lock.unlock();
            }
            try {
                if (file.isPresent()) {
                    Journal.force(file.get());
                }
            } catch (IOException e) {
                complain(e);
            }
        }
    }

    /** What has happened since the start of the module. */
    public Tally sinceStart() {
        return tally;
    }

    /** By camera, what became of all pictures that the ledger knows of; the same as a statement about all, but cheap. */
    public Map<String, Account> totals() {
        List<Picture> waiting = spool.get();
        Map<String, Account> accounts = new TreeMap<>();
        lock.lock();
        try {
            totals.cameras()
                    .forEach(camera -> accounts.put(
                            camera,
                            new Account(
                                    totals.of(camera, Fate.UPLOADED),
                                    0,
                                    totals.of(camera, Fate.DROPPED),
                                    totals.of(camera, Fate.FAILED),
                                    0)));
            unwritten.stream().filter(line -> line.fate().isLast()).forEach(line -> count(line, accounts));
            Set<String> waitingIds = new HashSet<>();
            for (Picture picture : waiting) {
                waitingIds.add(picture.id());
                if (!leftovers.wasUploaded(picture.id())) {
                    count(Line.of(Fate.TAKEN, picture), accounts);
                }
            }
            underway.values().stream()
                    .filter(line -> !waitingIds.contains(line.id()))
                    .forEach(line -> count(line, accounts));
        } finally {
            lock.unlock();
        }
        return accounts;
    }

    /**
     * What became of some pictures; reads the whole journal, for one caller at a time.
     *
     * @throws IOException if it cannot be read
     */
    public Statement statement(Statement.Query query) throws IOException {
        synchronized (reading) {
            List<Picture> waiting = spool.get();
            List<Journal.Part> parts;
            List<Line> inMemory;
            lock.lock();
            try {
                parts = journal == null ? List.of() : journal.parts();
                inMemory = List.copyOf(unwritten);
            } finally {
                lock.unlock();
            }
            LastWords words = new LastWords();
            words.read(parts);
            inMemory.forEach(line -> words.add(line, Optional.empty()));
            waiting.forEach(words::inSpool);
            return Statement.of(words, query);
        }
    }

    @Override
    public void close() {
        worker.close();
        settle();
    }

    private void note(Line line) {
        lock.lock();
        try {
            if (line.fate() == Fate.EXPECTED) {
                underway.put(line.id(), line);
                tally.add(Fate.EXPECTED, line);
                write(line);
                return;
            }
            boolean wasUnderway = underway.remove(line.id()) != null;
            if (leftovers.wasUploaded(line.id()) || (line.fate() == Fate.TAKEN && !wasUnderway)) {
                return;
            }
            if (wasUnderway && line.fate() != Fate.FAILED) {
                tally.add(Fate.TAKEN, line);
            }
            if (line.fate().isLast()) {
                tally.add(line.fate(), line);
            }
            leftovers.spoken(line.id());
            write(line);
        } finally {
            lock.unlock();
        }
    }

    private void write(Line line) {
        leftovers
                .replacedBy(line)
                .filter(before -> before.line().fate().isMissing())
                .ifPresent(before -> total(before, -1));
        unwritten.addLast(line);
        flush();
        while (unwritten.size() > MOST_UNWRITTEN) {
            unwritten.removeFirst();
        }
        unsettled.signalAll();
    }

    private void flush() {
        Journal open = journal;
        try {
            while (open != null && !unwritten.isEmpty()) {
                Line line = unwritten.getFirst();
                Path file = open.append(line);
                unwritten.removeFirst();
                if (line.fate().isLast()) {
                    totals.add(file, line.camera(), line.fate(), 1);
                }
                open.makeRoom().forEach(totals::forget);
                complained = false;
            }
        } catch (IOException e) {
            complain(e);
            journal = open.isThere() ? open : null;
        }
    }

    /** Opens the journal that is wanted, if it is not open, and makes it agree with the spool. */
    private void takeUp() {
        if (!openJournal()) {
            return;
        }
        List<Picture> waiting = spool.get();
        lock.lock();
        try {
            agreeWith(waiting);
        } finally {
            lock.unlock();
        }
    }

    private boolean openJournal() {
        lock.lock();
        try {
            Journal before = journal;
            if (wanted == null || (before != null && before.folder().equals(wanted))) {
                return false;
            }
            Journal next = Journal.open(wanted, bounds);
            if (before != null) {
                next.moveHere(before);
            }
            next.makeRoom();
            journal = next;
            complained = false;
            flush();
            LastWords words = new LastWords();
            words.read(next.parts());
            count(words);
            return true;
        } catch (IOException e) {
            complain(e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void count(LastWords words) {
        if (words.damaged() > 0) {
            log.warn("{} lines of the ledger {} cannot be read and are left out", words.damaged(), wanted);
        }
        totals.clear();
        leftovers.begin(words.byId());
        words.byId().values().stream()
                .filter(word -> word.line().fate().isLast())
                .forEach(word -> total(word, 1));
    }

    private void total(Word word, int change) {
        Line line = word.line();
        word.file().ifPresent(file -> totals.add(file, line.camera(), line.fate(), change));
    }

    /** The spool is right: what is there was taken, and what is not there is gone. */
    private void agreeWith(List<Picture> waiting) {
        List<Line> lines = leftovers.agreeing(waiting, underway.keySet());
        lines.forEach(this::write);
        leftovers.end(waiting);
        long stopped = lines.stream().filter(line -> line.fate() == Fate.FAILED).count();
        long lost = lines.stream().filter(line -> line.fate() == Fate.DROPPED).count();
        if (stopped + lost > 0) {
            log.warn(
                    "The ledger closes {} pictures that were underway, and {} that are not in the spool any more",
                    stopped,
                    lost);
        }
    }

    private void settleNowAndThen() throws InterruptedException {
        while (true) {
            lock.lockInterruptibly();
            try {
                while (unwritten.isEmpty() && (journal == null || journal.isForced())) {
                    unsettled.await();
                }
            } finally {
                lock.unlock();
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            takeUp();
            settle();
        }
    }

    private void complain(IOException e) {
        if (!complained) {
            log.warn("The ledger {} cannot be written, its newest lines wait in memory: {}", wanted, e.toString());
        }
        complained = true;
    }

    private static void count(Line line, Map<String, Account> accounts) {
        accounts.merge(line.camera(), Account.of(line.fate()), Account::plus);
    }
}
