package io.edgecam.web;

import com.google.gson.JsonObject;
import io.edgecam.metrics.WebFigures;
import io.edgecam.settings.WebSettings;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;

/** All live views: streams of one camera over HTTP, and {@link Live}. For any number of threads. */
final class Streams implements AutoCloseable {
    private final Windows windows;
    private final Patience patience;
    private final Audience audience;
    private final Live live;

    Streams(Windows windows, WebSettings settings, Patience patience) {
        this.windows = windows;
        this.patience = patience;
        this.audience = new Audience(windows, settings);
        this.live = new Live(windows, audience, patience);
    }

    /** Sends the camera's pictures until either end has enough. */
    void show(HttpServerExchange exchange) throws RefusedException {
        View view = new View(Query.camera(exchange, windows.cameras()), Query.stamped(exchange));
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, Part.CONTENT_TYPE);
        // without a length and without chunks: the end of the connection is the end of the stream
        exchange.setPersistent(false);
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.endExchange();
            return;
        }
        audience.sit(WebFigures.Kind.STREAM);
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            StreamViewer viewer = new StreamViewer(exchange, view, patience, windows.figures());
            audience.watch(view, viewer, exchange.getIoThread());
            viewer.start(() -> {
                audience.unwatch(view, viewer);
                audience.leave(WebFigures.Kind.STREAM);
            });
        });
    }

    /** The WebSocket with all cameras. */
    Live live() {
        return live;
    }

    /** Viewers, and the age of the newest picture, by camera. */
    JsonObject status() {
        return audience.status();
    }

    @Override
    public void close() {
        live.close();
        audience.close();
    }
}
