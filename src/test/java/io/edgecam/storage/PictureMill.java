package io.edgecam.storage;

import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.picture.Jpeg;
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
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that keeps pictures as fast as it can and says of each when it is safe ({@code spooled NUMBER}) and when it has
 * arrived ({@code stored NUMBER}), to be killed or to have its disk taken away; what it says is what was acknowledged. It
 * goes on when a picture cannot be kept ({@code refused NUMBER reason}).
 *
 * <p>{@code PictureMill FOLDER FIRST COUNT MAXBYTES PAUSEMILLIS WHENFULL}, the connection string of a blob service in the
 * environment as {@code BLOBS}; without it pictures only wait. With a count of 0 it uploads what waits and ends.
 */
public final class PictureMill {
    static final String CONTAINER = "mill";
    private static final int MOST_WAITING = 60;
    private static final Pauses SHORT =
            new Pauses(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(100));

    private PictureMill() {}

    public static void main(String[] args) {
        SpoolSettings spool = new SpoolSettings(
                Path.of(args[0]), Long.parseLong(args[3]), 0, WhenFull.valueOf(args[5]), Order.OLDEST_FIRST);
        Optional<String> blobs = Optional.ofNullable(System.getenv("BLOBS"));
        Place place = blobs.isPresent() ? new ConnectionString(new Secret(blobs.get())) : new Nowhere();
        try (Storage storage = new Storage(new Stores(), events(), InstantSource.system(), () -> {}, SHORT)) {
            storage.apply(new StorageSettings(place, CONTAINER, true, Optional.empty(), Duration.ofSeconds(10)), spool);
            say("ready " + storage.spool().pictures());
            long first = Long.parseLong(args[1]);
            long count = Long.parseLong(args[2]);
            for (long number = first; number < first + count; number++) {
                keep(storage, number);
                pause(Long.parseLong(args[4]));
                while (blobs.isPresent() && storage.spool().pictures() > MOST_WAITING) {
                    pause(5);
                }
            }
            while (blobs.isPresent() && count == 0 && storage.spool().pictures() > 0) {
                pause(5);
            }
            say("status " + storage.spool().pictures() + " " + storage.status());
        }
        say("ended");
    }

    /** The number of the picture with this id. */
    static long number(String id) {
        return Long.parseLong(id.substring("mill-".length()));
    }

    private static Events events() {
        Events events = new Events();
        events.listen(event -> {
            if (event.type() == EventType.PICTURE_STORED || event.type() == EventType.PICTURE_DROPPED) {
                String word = event.type() == EventType.PICTURE_STORED ? "stored " : "dropped ";
                say(word + number(event.correlation().orElseThrow()));
            } else {
                say("event " + event.type().word() + " " + event.details());
            }
        });
        return events;
    }

    private static void keep(Storage storage, long number) {
        Jpeg image = SamplePictures.bulky(number);
        String id = "mill-" + number;
        try {
            storage.keep(
                    SamplePictures.named(id, id + ".jpg", image, SamplePictures.NOON), image, "", System.nanoTime());
            say("spooled " + number);
        } catch (IOException e) {
            say("refused " + number + " " + e.getMessage());
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
