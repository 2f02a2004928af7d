package io.edgecam.web;

import com.google.gson.JsonObject;
import io.edgecam.metrics.WebFigures;
import io.edgecam.settings.WebSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * Who looks: seats for so many, and one broadcast for each view as long as someone looks at it. For any number of threads.
 */
final class Audience implements AutoCloseable {
    private final Windows windows;
    private final WebSettings settings;
    private final Map<View, Broadcast> broadcasts =
            new TreeMap<>(Comparator.comparing(View::camera).thenComparing(View::stamped));
    private int seated;
    private boolean closed;

    Audience(Windows windows, WebSettings settings) {
        this.windows = windows;
        this.settings = settings;
    }

    /** Takes a seat, to be given back by {@link #leave}; one connection needs one, however many views it shows. */
    synchronized void sit(WebFigures.Kind kind) throws RefusedException {
        checkRoom();
        seated++;
        windows.figures().came(kind);
    }

    /** @throws RefusedException if every seat is taken */
    synchronized void checkRoom() throws RefusedException {
        if (closed || seated >= settings.maxViewers()) {
            windows.figures().refused(WebFigures.Full.VIEWERS);
            throw new RefusedException(Reply.error(
                            503,
                            "TooManyViewers",
                            seated + " look already, and no more may (web.maxViewers): close another live view or"
                                    + " raise the limit")
                    .with("Retry-After", "10"));
        }
    }

    synchronized void leave(WebFigures.Kind kind) {
        seated--;
        windows.figures().left(kind);
    }

    synchronized void watch(View view, Viewer viewer, Executor ioThread) {
        if (closed) {
            ioThread.execute(viewer::close);
            return;
        }
        broadcasts
                .computeIfAbsent(view, unseen -> new Broadcast(unseen, windows, settings.streamFramerate(), ioThread))
                .add(viewer);
    }

    synchronized void unwatch(View view, Viewer viewer) {
        Broadcast broadcast = broadcasts.get(view);
        if (broadcast != null) {
            broadcast.remove(viewer);
            if (broadcast.viewers() == 0) {
                broadcasts.remove(view);
                broadcast.stop();
            }
        }
    }

    /** Viewers, and the age of the newest picture, by camera. */
    synchronized JsonObject status() {
        JsonObject cameras = new JsonObject();
        broadcasts.forEach((view, broadcast) -> {
            JsonObject live = new JsonObject();
            live.addProperty("viewers", broadcast.viewers());
            broadcast.age().ifPresent(age -> live.addProperty("frameAgeMs", age.toMillis()));
            cameras.add(view.toString(), live);
        });
        JsonObject json = new JsonObject();
        json.addProperty("viewers", seated);
        json.add("live", cameras);
        return json;
    }

    @Override
    public void close() {
        List<Broadcast> running;
        synchronized (this) {
            closed = true;
            running = new ArrayList<>(broadcasts.values());
        }
        running.forEach(Broadcast::close);
    }
}
