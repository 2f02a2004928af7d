package io.edgecam.web;

import com.google.gson.JsonObject;
import io.edgecam.settings.WebSettings;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All live views: one broadcast for each camera that someone looks at. For any number of threads. */
final class Streams implements AutoCloseable {
    private final Windows windows;
    private final WebSettings settings;
    private final Patience patience;
    private final Map<String, Broadcast> broadcasts = new TreeMap<>();
    private int viewers;
    private boolean closed;

    Streams(Windows windows, WebSettings settings, Patience patience) {
        this.windows = windows;
        this.patience = patience;
        this.settings = settings;
    }

    /** Sends the camera's pictures until either end has enough. */
    void show(HttpServerExchange exchange) throws RefusedException {
        String camera = Query.camera(exchange, windows.cameras());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, Part.CONTENT_TYPE);
        // without a length and without chunks: the end of the connection is the end of the stream
        exchange.setPersistent(false);
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.endExchange();
            return;
        }
        take();
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> join(exchange, camera));
    }

    /** Viewers, and the age of the newest picture, by camera. */
    synchronized JsonObject status() {
        JsonObject cameras = new JsonObject();
        broadcasts.forEach((camera, broadcast) -> {
            JsonObject live = new JsonObject();
            live.addProperty("viewers", broadcast.viewers());
            broadcast.age().ifPresent(age -> live.addProperty("frameAgeMs", age.toMillis()));
            cameras.add(camera, live);
        });
        JsonObject json = new JsonObject();
        json.addProperty("viewers", viewers);
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

    private synchronized void take() throws RefusedException {
        if (closed || viewers >= settings.maxViewers()) {
            throw new RefusedException(Reply.error(
                            503,
                            "TooManyViewers",
                            viewers + " look already, and no more may (web.maxViewers): close another live view or"
                                    + " raise the limit")
                    .with("Retry-After", "10"));
        }
        viewers++;
    }

    private synchronized void join(HttpServerExchange exchange, String camera) {
        Viewer viewer = new Viewer(exchange, patience.part());
        Broadcast broadcast = broadcasts.get(camera);
        if (broadcast == null || !broadcast.add(viewer)) {
            broadcast = new Broadcast(
                    camera, windows, settings.streamFramerate(), patience.silence(), exchange.getIoThread(), viewer);
            broadcasts.put(camera, broadcast);
        }
        Broadcast joined = broadcast;
        viewer.start(() -> leave(joined, camera, viewer));
    }

    private synchronized void leave(Broadcast broadcast, String camera, Viewer viewer) {
        viewers--;
        broadcast.remove(viewer);
        if (broadcast.viewers() == 0) {
            broadcasts.remove(camera, broadcast);
        }
    }
}
