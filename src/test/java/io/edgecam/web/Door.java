package io.edgecam.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgecam.camera.Cameras;
import io.edgecam.contract.Answer;
import io.edgecam.contract.EventJson;
import io.edgecam.event.Events;
import io.edgecam.imaging.Darkroom;
import io.edgecam.metrics.WebFigures;
import io.edgecam.picture.Identity;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Strftime;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.Secret;
import io.edgecam.settings.StampSettings;
import io.edgecam.settings.WebSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A web door in front of painted cameras; the rest of the module is played by the test. */
final class Door implements AutoCloseable {
    static final WebSettings OPEN = new WebSettings(true, 0, Secret.NONE, false, List.of(), 4, 50);

    /** For tests of what happens when it runs out. */
    static final Patience LITTLE = new Patience(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));

    final Map<String, PaintedCamera> painted = new TreeMap<>();
    final Map<String, LookSettings> looks = new TreeMap<>();
    final BlockingQueue<JsonObject> orders = new LinkedBlockingQueue<>();
    final JsonObject status = new JsonObject();
    volatile JsonObject settings = new JsonObject();
    final JsonArray pictures = new JsonArray();
    final Map<String, Jpeg> images = new TreeMap<>();
    final RecentEvents recent = new RecentEvents(event -> EventJson.of(event, new Identity("here", "cameras")));
    final WebFigures figures = new WebFigures();
    final List<String> notReady = new ArrayList<>();
    final List<String> unhealthy = new ArrayList<>();

    private final Cameras cameras = new Cameras(settings -> painted(settings), new Events(), InstantSource.system());
    private final WebServer server;
    private final Jpeg picture;
    private volatile Function<JsonObject, Answer> taking = order -> new Answer(200, new JsonObject());

    Door(WebSettings settings, String... names) throws IOException {
        this(settings, PaintedCamera.noise(160, 120), names);
    }

    Door(WebSettings settings, Jpeg picture, String... names) throws IOException {
        this(settings, Patience.USUAL, picture, names);
    }

    Door(WebSettings settings, Optional<SSLContext> tls, String... names) throws IOException {
        this(settings, tls, Patience.USUAL, PaintedCamera.noise(160, 120), names);
    }

    Door(WebSettings settings, Optional<SSLContext> tls, Patience patience, String... names) throws IOException {
        this(settings, tls, patience, PaintedCamera.noise(160, 120), names);
    }

    Door(WebSettings settings, Patience patience, Jpeg picture, String... names) throws IOException {
        this(settings, Optional.empty(), patience, picture, names);
    }

    private Door(WebSettings settings, Optional<SSLContext> tls, Patience patience, Jpeg picture, String... names)
            throws IOException {
        this.picture = picture;
        show(names);
        Windows windows = new Windows(
                cameras,
                () -> looks,
                new Darkroom(),
                this::take,
                () -> status,
                () -> this.settings,
                limit -> first(limit),
                id -> Optional.ofNullable(images.get(id)),
                recent,
                figures,
                () -> notReady,
                () -> unhealthy);
        this.server = WebServer.start(settings, windows, tls, patience);
    }

    static WebSettings withToken(String token) {
        return new WebSettings(true, 0, new Secret(token), false, List.of(), 4, 50);
    }

    static LookSettings look(StampSettings.Place place) {
        StampSettings stamp = new StampSettings(place, new Strftime("%H:%M:%S"), "", ZoneOffset.UTC, 24);
        return new LookSettings(0, LookSettings.Flip.NONE, LookSettings.Region.ALL, List.of(), 85, stamp, false);
    }

    /** These cameras are there from now on, and no others. */
    void show(String... names) {
        Map<String, DeviceSettings> devices = new TreeMap<>();
        for (String name : names) {
            painted.computeIfAbsent(name, unseen -> new PaintedCamera(picture));
            looks.computeIfAbsent(name, unseen -> look(StampSettings.Place.NONE));
            devices.put(name, device(name));
        }
        cameras.apply(devices);
    }

    int port() {
        return server.port();
    }

    WebServer server() {
        return server;
    }

    PaintedCamera camera(String name) {
        PaintedCamera camera = painted.get(name);
        if (camera == null) {
            throw new IllegalArgumentException(name);
        }
        return camera;
    }

    void takes(Function<JsonObject, Answer> way) {
        taking = way;
    }

    @Override
    public void close() {
        server.close();
        cameras.close();
    }

    private Answer take(JsonObject order) {
        orders.add(order);
        return taking.apply(order);
    }

    private JsonArray first(int limit) {
        JsonArray some = new JsonArray();
        pictures.asList().stream().limit(limit).forEach(some::add);
        return some;
    }

    private PaintedCamera painted(DeviceSettings settings) {
        return camera(settings.source().address());
    }

    private static DeviceSettings device(String name) {
        return new DeviceSettings(
                new DeviceSettings.Source(DeviceSettings.Kind.TEST, name),
                "",
                Secret.NONE,
                160,
                120,
                100,
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }
}
