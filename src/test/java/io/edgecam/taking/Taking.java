package io.edgecam.taking;

import com.google.gson.JsonParser;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.source.Sources;
import io.edgecam.event.Event;
import io.edgecam.event.Events;
import io.edgecam.imaging.Darkroom;
import io.edgecam.ledger.Ledger;
import io.edgecam.picture.Identity;
import io.edgecam.picture.Picture;
import io.edgecam.settings.Parsed;
import io.edgecam.settings.Settings;
import io.edgecam.storage.Storage;
import io.edgecam.storage.blob.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Takes pictures with real parts into a spool, without a store. For tests, in one thread. */
public final class Taking implements AutoCloseable {
    /** A camera that always gives frames, and one that nobody answers for. */
    public static final String TWO_CAMERAS = """
            {"front": {"source": "test:", "width": 320, "height": 240, "warmUpSeconds": 0},
             "yard": {"source": "http://127.0.0.1:9/", "readTimeoutSeconds": 1}}
            """;

    private final Path folder;
    private final InstantSource clock = InstantSource.system();
    private final Events events = new Events();
    private final List<Event> told = new CopyOnWriteArrayList<>();
    private final Cameras cameras = new Cameras(new Sources(clock, Map.of()), events, clock);
    private final Ledger ledger = new Ledger(this::waiting);
    private final Storage storage = new Storage(new Stores(), events, clock, ledger::settle);
    private final PictureTaker taker = new PictureTaker(
            cameras, new Darkroom(), storage, ledger, events, clock, new Identity("edge-device", "CameraModule"));

    public Taking(Path folder) {
        this.folder = folder;
        events.listen(told::add);
        events.listen(ledger::hear);
    }

    public PictureTaker taker() {
        return taker;
    }

    public Events events() {
        return events;
    }

    /** What was told so far, in order. */
    public List<Event> told() {
        return told;
    }

    Ledger ledger() {
        return ledger;
    }

    /** As the module does it, whether these settings are the wanted ones or not. */
    public void apply(String camerasJson) {
        String document = "{\"cameras\": " + camerasJson + "}";
        Parsed parsed = Settings.read(JsonParser.parseString(document).getAsJsonObject(), Map.of());
        Settings settings = ((Parsed.Valid) parsed).settings();
        storage.apply(settings.storage(), settings.spool().in(folder));
        ledger.open(folder);
        cameras.apply(settings.cameras().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().device())));
        taker.apply(settings.cameras());
    }

    @Override
    public void close() {
        cameras.close();
        storage.close();
        ledger.close();
    }

    private List<Picture> waiting() {
        return storage.waiting();
    }
}
