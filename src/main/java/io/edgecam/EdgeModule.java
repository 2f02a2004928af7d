package io.edgecam;

import com.google.gson.JsonObject;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.source.Sources;
import io.edgecam.contract.Answer;
import io.edgecam.contract.Answers;
import io.edgecam.contract.Counts;
import io.edgecam.contract.Inspections;
import io.edgecam.contract.Overview;
import io.edgecam.contract.PictureJson;
import io.edgecam.contract.TakePicture;
import io.edgecam.contract.Times;
import io.edgecam.event.Events;
import io.edgecam.hub.Control;
import io.edgecam.hub.Heartbeat;
import io.edgecam.hub.HubDoor;
import io.edgecam.hub.HubLink;
import io.edgecam.hub.LinkStatus;
import io.edgecam.hub.Methods;
import io.edgecam.hub.Reports;
import io.edgecam.hub.RoutedMessages;
import io.edgecam.hub.SettingsFile;
import io.edgecam.hub.Telemetry;
import io.edgecam.hub.iotedge.IotEdgeLink;
import io.edgecam.imaging.Darkroom;
import io.edgecam.metrics.Labels;
import io.edgecam.metrics.Metrics;
import io.edgecam.metrics.PictureFigures;
import io.edgecam.picture.Trigger;
import io.edgecam.settings.CameraSettings;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.Settings;
import io.edgecam.storage.Storage;
import io.edgecam.storage.blob.Stores;
import io.edgecam.taking.PictureTaker;
import io.edgecam.thread.Crew;
import io.edgecam.web.Windows;
import io.edgecam.web.tls.ServerTls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The running module: the one place where all parts meet. Closing stops them in the opposite order of starting. */
final class EdgeModule implements AutoCloseable {
    private static final int ORDERS_AT_ONCE = 4;
    private static final int ORDERS_WAITING = 64;

    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Events events = new Events();
    private final HubLink link;
    private final Telemetry telemetry;
    private final Storage storage;
    private final Cameras cameras;
    private final PictureTaker taker;
    private final Heartbeat heartbeat;
    private final Overview overview;
    private final Control control;
    private final Optional<ServerTls> tls;
    private final Web web;
    private final MetricsPort metrics;

    private EdgeModule(HubLink link, JsonObject defaults, Map<String, String> environment, InstantSource clock) {
        this.link = link;
        closing.push(link::close);
        Counts counts = new Counts();
        events.listen(counts::count);
        telemetry = new Telemetry(link);
        closing.push(telemetry::close);
        events.listen(telemetry::add);

        storage = new Storage(new Stores(), events, clock);
        closing.push(storage::close);
        cameras = new Cameras(new Sources(clock, environment), events, clock);
        closing.push(cameras::close);
        Darkroom darkroom = new Darkroom();
        taker = new PictureTaker(cameras, darkroom, storage, events, clock, link.identity());
        TakePicture takePicture = new TakePicture(taker, clock);
        Crew orders = new Crew("orders", ORDERS_AT_ONCE, ORDERS_WAITING);
        closing.push(orders::close);

        overview = new Overview(Main.version(), clock, cameras, storage, counts);
        heartbeat = new Heartbeat(overview::heartbeat, events, clock);
        closing.push(heartbeat::close);
        Reports reports =
                new Reports(link, () -> overview.reported(link.status().kind()));
        closing.push(reports::close);
        control = new Control(defaults, environment, reports::acknowledge, events, clock);
        closing.push(control::close);
        Readiness readiness = new Readiness(control, link, darkroom::warmUp);
        closing.push(readiness::close);
        tls = ServerTls.of(environment, clock);
        tls.ifPresent(one -> closing.push(one::close));
        web = new Web(
                new Windows(
                        cameras,
                        this::looks,
                        darkroom,
                        request -> answer(takePicture, request),
                        this::status,
                        limit -> PictureJson.of(storage.recent(limit)),
                        readiness::reasons,
                        List::of),
                tls.map(ServerTls::context));
        closing.push(web::close);

        PictureFigures pictures = new PictureFigures();
        taker.listen(pictures::kept);
        events.listen(pictures::heard);
        metrics = new MetricsPort(new Metrics(
                Labels.of(environment, link.identity()),
                Main.version(),
                clock,
                cameras,
                storage,
                counts,
                pictures,
                this::hubFigures)::text);
        closing.push(metrics::close);

        Inspections inspections = new Inspections(cameras, storage, this::status, control::settings, environment);
        Methods methods = new Methods(orders, takePicture, methods(inspections));
        RoutedMessages messages = new RoutedMessages(orders, takePicture, events, clock);
        control.start(this::apply);
        link.open(new HubDoor(control, reports, methods, messages));
    }

    /**
     * Starts everything; what needs the hub waits for it by itself.
     *
     * @param settingsFile a desired document: all there is without a hub, defaults with one
     * @throws IllegalArgumentException if the environment describes no usable hub link, with the fix
     * @throws IOException if the settings file cannot be read
     */
    static EdgeModule start(Map<String, String> environment, Optional<Path> settingsFile, InstantSource clock)
            throws IOException {
        Optional<HubLink> hub = IotEdgeLink.of(environment, clock);
        if (hub.isEmpty() && settingsFile.isEmpty()) {
            throw new IllegalArgumentException("there is no hub (IOTEDGE_WORKLOADURI, EdgeHubConnectionString or"
                    + " CONNECTION_STRING) and no --settings FILE; one of them is needed");
        }
        JsonObject file = settingsFile.isPresent() ? SettingsFile.read(settingsFile.get()) : new JsonObject();
        return hub.isPresent()
                ? new EdgeModule(hub.get(), file, environment, clock)
                : new EdgeModule(
                        new SettingsFile(settingsFile.orElseThrow(), clock), new JsonObject(), environment, clock);
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }

    /** Makes reality match the settings; on the control thread. */
    private void apply(Settings settings) {
        storage.apply(settings.storage(), settings.spool());
        telemetry.apply(settings.spool().folder());
        cameras.apply(settings.cameras().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().device())));
        cameras.remember(settings.cameras().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().ring())));
        taker.apply(settings.cameras());
        heartbeat.apply(settings.telemetry().heartbeat());
        web.apply(settings.web());
        metrics.apply(settings.metrics());
    }

    private Metrics.HubFigures hubFigures() {
        LinkStatus line = link.status();
        return new Metrics.HubFigures(
                line.connected(), line.connects(), telemetry.waiting(), telemetry.waitingFiles(), telemetry.dropped());
    }

    private Map<String, LookSettings> looks() {
        Map<String, CameraSettings> now =
                control.settings().map(Settings::cameras).orElse(Map.of());
        return now.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().look()));
    }

    private static Answer answer(TakePicture takePicture, JsonObject request) {
        try {
            return takePicture.answer(request, Trigger.WEB);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answers.error(503, "Stopping", "the module is stopping", List.of());
        }
    }

    private static JsonObject tls(ServerTls.Status now) {
        JsonObject json = new JsonObject();
        json.addProperty("source", now.source());
        now.until().ifPresent(until -> json.addProperty("until", Times.text(until)));
        json.addProperty("error", now.error());
        return json;
    }

    private static Map<String, Methods.Method> methods(Inspections inspections) {
        return Map.of(
                "getStatus", inspections::status,
                "testCamera", inspections::testCamera,
                "testStorage", inspections::testStorage,
                "validateSettings", inspections::validate);
    }

    /** Everything that is reported, the settings in force, and what always changes. */
    private JsonObject status() {
        LinkStatus line = link.status();
        JsonObject hub = new JsonObject();
        hub.addProperty("connected", line.connected());
        hub.addProperty("since", Times.text(line.since()));
        hub.addProperty("connects", line.connects());
        hub.addProperty("error", line.error());
        JsonObject status = overview.reported(line.kind());
        overview.running().asMap().forEach(status::add);
        control.acknowledgements().asMap().forEach(status::add);
        status.add("settings", control.inForce());
        status.add("hub", hub);
        tls.ifPresent(one -> status.add("tls", tls(one.status())));
        return status;
    }
}
