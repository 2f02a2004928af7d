package io.edgecam.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import io.edgecam.metrics.WebFigures;
import io.edgecam.picture.Jpeg;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be asked, and who does it; the list of docs/web.md. Its actions run on the I/O thread. */
final class Requests implements AutoCloseable {
    private static final int SLOW_SEATS = 8;
    private static final int STILL_SEATS = 4;
    private static final int SLOW_QUEUE = 16;
    private static final int QUICK_SEATS = 2;
    private static final int QUICK_QUEUE = 64;

    private static final Pattern KEPT = Pattern.compile("/api/pictures/([A-Za-z0-9-]{1,64})\\.jpg");

    private final Windows windows;
    private final Badges badges;
    private final Streams streams;
    private final Duration patience;
    private final Stills stills;
    private final Pages pages = new Pages();
    /** For what waits for a camera or for the cloud. */
    private final Desk slow;
    /** For pictures that are read from the spool: a disk that hangs holds up nothing else. */
    private final Desk disk;
    /** For stills, so that those who ask for many of them do not stand in the way of orders. */
    private final Desk still;
    /** For the rest, so that a liveness probe never stands behind pictures. */
    private final Desk quick;

    /** @param patience with the bodies of requests */
    Requests(Windows windows, Badges badges, Streams streams, Duration patience) {
        this.windows = windows;
        this.patience = patience;
        this.badges = badges;
        this.streams = streams;
        this.stills = new Stills(windows);
        this.slow = desk("web-slow", SLOW_SEATS, SLOW_QUEUE);
        this.disk = desk("web-disk", QUICK_SEATS, QUICK_QUEUE);
        this.still = desk("web-still", STILL_SEATS, SLOW_QUEUE);
        this.quick = desk("web-quick", QUICK_SEATS, QUICK_QUEUE);
    }

    Map<String, Route> routes() {
        Map<String, Route> routes = new TreeMap<>();
        pages.assets().forEach((path, file) -> routes.put(path, Route.open(file::send)));
        routes.put("/", Route.open(this::page));
        routes.put("/signin", Route.act(this::signIn, Methods.POST).withoutToken());
        routes.put("/image.jpg", Route.look(this::image));
        routes.put("/stream.mjpeg", Route.look(streams::show));
        routes.put("/video_feed", Route.look(streams::show));
        // by GET, but not for pages of other sites: a browser lets them open a WebSocket and read it
        routes.put("/live", Route.act(streams.live()::show, Methods.GET));
        routes.put("/postimage", Route.act(this::take, Methods.GET, Methods.POST));
        routes.put("/api/pictures", Route.look(this::pictures).andPost());
        routes.put("/api/pictures/*", Route.look(this::kept));
        routes.put("/api/events", Route.look(this::events));
        routes.put("/api/status", Route.look(exchange -> quick.ask(exchange, this::status)));
        routes.put("/api/settings", Route.look(exchange -> quick.ask(exchange, this::settings)));
        routes.put("/healthz", Route.open(health("Unhealthy", windows.unhealthy())));
        routes.put("/readyz", Route.open(health("NotReady", windows.notReady())));
        return routes;
    }

    @Override
    public void close() {
        slow.close();
        disk.close();
        still.close();
        quick.close();
    }

    private Desk desk(String name, int seats, int queue) {
        return new Desk(name, seats, queue, () -> windows.figures().refused(WebFigures.Full.BUSY));
    }

    private void page(HttpServerExchange exchange) throws RefusedException {
        (badges.admits(exchange) ? pages.page() : pages.signIn()).send(exchange);
    }

    private void signIn(HttpServerExchange exchange) {
        InetAddress address = exchange.getSourceAddress().getAddress();
        Body.read(exchange, patience, form -> {
            try {
                badges.signIn(form, address).send(exchange);
            } catch (RefusedException e) {
                e.reply().send(exchange);
            }
        });
    }

    private void image(HttpServerExchange exchange) throws RefusedException {
        long asked = System.nanoTime();
        View view = new View(Query.camera(exchange, windows.cameras()), Query.stamped(exchange));
        still.ask(exchange, () -> stills.still(view, asked));
    }

    private void pictures(HttpServerExchange exchange) throws RefusedException {
        if (exchange.getRequestMethod().equals(Methods.POST)) {
            take(exchange);
            return;
        }
        int limit = Query.limit(exchange);
        Optional<String> camera = Query.camera(exchange);
        quick.ask(exchange, () -> Reply.json(200, recent(limit, camera)));
    }

    private JsonArray recent(int limit, Optional<String> camera) {
        JsonArray chosen = new JsonArray();
        for (JsonElement picture : windows.recentPictures().apply(camera.isPresent() ? Query.MAX_LIMIT : limit)) {
            boolean wanted = camera.isEmpty()
                    || new JsonPrimitive(camera.get())
                            .equals(picture.getAsJsonObject().get("camera"));
            if (wanted && chosen.size() < limit) {
                chosen.add(picture);
            }
        }
        return chosen;
    }

    private void kept(HttpServerExchange exchange) throws RefusedException {
        Matcher path = KEPT.matcher(exchange.getRequestPath());
        if (!path.matches()) {
            throw new RefusedException(
                    404, "NotFound", "pictures are at /api/pictures/{id}.jpg, by the id of a picture");
        }
        String id = path.group(1);
        String known = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH), "");
        disk.ask(exchange, () -> kept(id, known));
    }

    private Reply kept(String id, String known) throws RefusedException {
        Jpeg picture = windows.image()
                .apply(id)
                .orElseThrow(() -> new RefusedException(
                        404,
                        "PictureGone",
                        "this picture is not on the device any more, or never was: look for it in the store"));
        String tag = "\"" + picture.sha256() + "\"";
        Reply reply = known.equals(tag)
                ? new Reply(304, "", ByteBuffer.allocate(0), Map.of())
                : Reply.of(200, "image/jpeg", picture.buffer());
        return reply.with("ETag", tag);
    }

    private void events(HttpServerExchange exchange) throws RefusedException {
        Reply.json(200, windows.events().newest(Query.limit(exchange))).send(exchange);
    }

    private void take(HttpServerExchange exchange) throws RefusedException {
        Optional<String> camera = Query.camera(exchange);
        Body.read(
                exchange,
                patience,
                text -> slow.ask(exchange, () -> {
                    JsonObject request = request(text);
                    camera.ifPresent(name -> request.addProperty("camera", name));
                    return Reply.of(windows.takePicture().apply(request));
                }));
    }

    private static JsonObject request(String text) throws RefusedException {
        if (text.isBlank()) {
            return new JsonObject();
        }
        try {
            return Json.parseObject(text);
        } catch (JsonException e) {
            throw new RefusedException(400, "BadRequest", "the body " + e.getMessage());
        }
    }

    private Reply status() {
        JsonObject status = windows.status().get().deepCopy();
        status.add("web_status", streams.status());
        return Reply.json(200, status);
    }

    private Reply settings() {
        return Reply.json(200, windows.settings().get());
    }

    private Route.Action health(String code, Supplier<List<String>> reasons) {
        return exchange -> quick.ask(exchange, () -> {
            List<String> problems = reasons.get();
            if (problems.isEmpty()) {
                JsonObject ok = new JsonObject();
                ok.addProperty("status", "ok");
                return Reply.json(200, ok);
            }
            return Reply.error(503, code, String.join("; ", problems), problems);
        });
    }
}
