package io.edgecam.storage;

import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.ledger.Account;
import io.edgecam.ledger.Ledger;
import io.edgecam.ledger.Statement;
import io.edgecam.ledger.Statement.Query;
import io.edgecam.ledger.Wish;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.picture.Trigger;
import io.edgecam.settings.Secret;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.SpoolSettings.Order;
import io.edgecam.settings.SpoolSettings.WhenFull;
import io.edgecam.settings.StorageSettings;
import io.edgecam.settings.StorageSettings.ConnectionString;
import io.edgecam.settings.StorageSettings.Nowhere;
import io.edgecam.settings.StorageSettings.Place;
import io.edgecam.storage.blob.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that keeps pictures as fast as it can and says of each when it is safe ({@code spooled NUMBER}) and when it has
 * arrived ({@code stored NUMBER}), to be killed or to have its disk taken away; what it says is what was acknowledged. It
 * goes on when a picture cannot be kept ({@code refused NUMBER reason}).
 *
 * <p>{@code PictureMill FOLDER FIRST COUNT MAXBYTES PAUSEMILLIS WHENFULL}, the connection string of a blob service in the
 * environment as {@code BLOBS}; without it pictures only wait. With a count of 0 it uploads what waits and ends. At the end
 * it says what its ledger says.
 */
public final class PictureMill {
    static final String CONTAINER = "mill";
    private static final String CAMERA = "front";
    private static final int MOST_WAITING = 60;
    private static final Pauses SHORT =
            new Pauses(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(100));

    private final Events events = new Events();
    private final Ledger ledger = new Ledger(this::waiting);
    private final Storage storage = new Storage(new Stores(), events, InstantSource.system(), ledger::settle, SHORT);

    private PictureMill() {
        events.listen(PictureMill::heard);
        events.listen(ledger::hear);
    }

    public static void main(String[] args) throws IOException {
        SpoolSettings spool = new SpoolSettings(
                Path.of(args[0]), Long.parseLong(args[3]), 0, WhenFull.valueOf(args[5]), Order.OLDEST_FIRST);
        Optional<String> blobs = Optional.ofNullable(System.getenv("BLOBS"));
        Place place = blobs.isPresent() ? new ConnectionString(new Secret(blobs.get())) : new Nowhere();
        PictureMill mill = new PictureMill();
        try (Ledger ledger = mill.ledger;
                Storage storage = mill.storage) {
            storage.apply(new StorageSettings(place, CONTAINER, true, Optional.empty(), Duration.ofSeconds(10)), spool);
            ledger.open(spool.folder());
            say("ready " + storage.spool().pictures());
            long first = Long.parseLong(args[1]);
            long count = Long.parseLong(args[2]);
            for (long number = first; number < first + count; number++) {
                mill.keep(number);
                pause(Long.parseLong(args[4]));
                while (blobs.isPresent() && storage.spool().pictures() > MOST_WAITING) {
                    pause(5);
                }
            }
            while (blobs.isPresent() && count == 0 && storage.spool().pictures() > 0) {
                pause(5);
            }
            say("status " + storage.spool().pictures() + " " + storage.status());
            mill.sayLedger();
        }
        say("ended");
    }

    /** The number of this picture. */
    static long number(Picture picture) {
        return number(picture.blobName());
    }

    /** The number of the picture of this name. */
    static long number(String blobName) {
        return Long.parseLong(blobName.substring("mill-".length(), blobName.length() - ".jpg".length()));
    }

    private List<Picture> waiting() {
        return storage.waiting();
    }

    private static void heard(Event event) {
        if (event.type() == EventType.PICTURE_STORED || event.type() == EventType.PICTURE_DROPPED) {
            String word = event.type() == EventType.PICTURE_STORED ? "stored " : "dropped ";
            say(word + number(event.picture().orElseThrow()));
        } else {
            say("event " + event.type().word() + " " + event.details());
        }
    }

    private void keep(long number) {
        Jpeg image = SamplePictures.bulky(number);
        try (Wish wish = ledger.expect(CAMERA, Trigger.METHOD, SamplePictures.NOON)) {
            Picture picture = SamplePictures.named(wish.id(), "mill-" + number + ".jpg", image, SamplePictures.NOON);
            storage.keep(picture, image, "", System.nanoTime());
            wish.taken(picture);
            say("spooled " + number);
        } catch (IOException e) {
            say("refused " + number + " " + e.getMessage());
        }
    }

    /** {@code ledger UPLOADED SPOOLED DROPPED FAILED UNDERWAY DAMAGEDLINES}, or a word why there is none. */
    private void sayLedger() throws IOException {
        Statement all = ledger.statement(Query.ALL);
        Account sum = all.sum();
        boolean agrees = sum.equals(ledger.totals().getOrDefault(CAMERA, Account.NONE));
        say(
                agrees
                        ? "ledger " + sum.uploaded() + " " + sum.spooled() + " " + sum.dropped() + " " + sum.failed()
                                + " " + sum.underway() + " " + all.damagedLines()
                        : "ledger disagrees " + sum + " " + ledger.totals());
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
