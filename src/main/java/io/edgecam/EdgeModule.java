package io.edgecam;

import com.google.gson.JsonObject;
import io.edgecam.camera.Cameras;
import io.edgecam.camera.source.Sources;
import io.edgecam.contract.Counts;
import io.edgecam.contract.EventJson;
import io.edgecam.contract.GetLedger;
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
import io.edgecam.hub.SettingsFiles;
import io.edgecam.hub.Telemetry;
import io.edgecam.hub.iotedge.IotEdgeLink;
import io.edgecam.imaging.Darkroom;
import io.edgecam.ledger.Ledger;
import io.edgecam.metrics.Labels;
import io.edgecam.metrics.Metrics;
import io.edgecam.metrics.PictureFigures;
import io.edgecam.metrics.WebFigures;
import io.edgecam.picture.Picture;
import io.edgecam.picture.Trigger;
import io.edgecam.settings.CameraSettings;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.MetricsSettings;
import io.edgecam.settings.Settings;
import io.edgecam.settings.WebSettings;
import io.edgecam.storage.Storage;
import io.edgecam.storage.blob.Stores;
import io.edgecam.taking.PictureTaker;
import io.edgecam.thread.Crew;
import io.edgecam.thread.SideBySide;
import io.edgecam.web.MetricsServer;
import io.edgecam.web.RecentEvents;
import io.edgecam.web.WebServer;
import io.edgecam.web.Windows;
import io.edgecam.web.tls.ServerTls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The running module: the one place where all parts meet. */
final class EdgeModule implements AutoCloseable {
    private static final int ORDERS_AT_ONCE = 4;
    private static final int ORDERS_WAITING = 64;

    /** Together less than what Docker leaves until it kills; each is used up only by something that is stuck. */
    private static final Duration DOORS = Duration.ofSeconds(2);

    private static final Duration MACHINES = Duration.ofMillis(3500);
    private static final Duration LINE = Duration.ofMillis(800);

    private final Events events = new Events();
    private final HubLink link;
    private final Telemetry telemetry;
    private final Ledger ledger;
    private final Storage storage;
    private final Cameras cameras;
    private final PictureTaker taker;
    private final Heartbeat heartbeat;
    private final Overview overview;
    private final Control control;
    private final Optional<ServerTls> tls;
    private final Port<WebSettings> web;
    private final Port<MetricsSettings> metrics;
    private final Map<String, Runnable> doors;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EdgeModule(
            HubLink link, JsonObject defaults, Map<String, String> environment, InstantSource clock, Ending ending) {
        this.link = link;
        Duration patience = HubPatience.of(environment, link.status().kind());
        Counts counts = new Counts();
        events.listen(counts::count);
        telemetry = new Telemetry(link);
        events.listen(telemetry::add);
        RecentEvents recentEvents = new RecentEvents(event -> EventJson.of(event, link.identity()));
        events.listen(recentEvents::add);

        WebFigures webFigures = new WebFigures();
        ledger = new Ledger(this::waiting);
        events.listen(ledger::hear);
        storage = new Storage(new Stores(), events, clock, ledger::settle);
        cameras = new Cameras(new Sources(clock, environment), events, clock);
        Darkroom darkroom = new Darkroom();
        taker = new PictureTaker(cameras, darkroom, storage, ledger, events, clock, link.identity());
        TakePicture takePicture = new TakePicture(taker, clock);
        Crew orders = new Crew("orders", ORDERS_AT_ONCE, ORDERS_WAITING);

        overview = new Overview(Main.version(), clock, cameras, storage, ledger, counts);
        heartbeat = new Heartbeat(overview::heartbeat, events, clock);
        Reports reports =
                new Reports(link, () -> overview.reported(link.status().kind()));
        control = new Control(defaults, environment, reports::acknowledge, events, clock);
        Readiness readiness = new Readiness(control, link, () -> {
            taker.settle();
            darkroom.warmUp();
        });
        tls = ServerTls.of(environment, clock);
        Windows windows = new Windows(
                cameras,
                this::looks,
                darkroom,
                request -> takePicture.answer(request, Trigger.WEB),
                this::status,
                this::settings,
                limit -> PictureJson.of(storage.recent(limit)),
                storage::image,
                recentEvents,
                webFigures,
                readiness::reasons,
                List::of);
        web = new Port<>(
                "There is no page",
                WebSettings::enabled,
                wanted -> WebServer.start(wanted, windows, tls.map(ServerTls::context))::close);

        PictureFigures pictures = new PictureFigures(ledger.sinceStart());
        taker.listen(pictures::kept);
        events.listen(pictures::heard);
        Metrics figures = new Metrics(
                Labels.of(environment, link.identity()),
                Main.version(),
                clock,
                cameras,
                storage,
                counts,
                pictures,
                webFigures,
                this::hubFigures);
        metrics = new Port<>(
                "There are no metrics",
                MetricsSettings::enabled,
                wanted -> MetricsServer.start(wanted, figures::text)::close);

        Inspections inspections = new Inspections(cameras, storage, this::status, control::settings, environment);
        Methods methods = new Methods(orders, takePicture, methods(inspections, new GetLedger(ledger, cameras)));
        RoutedMessages messages = new RoutedMessages(orders, takePicture, events, clock);
        boolean hasDefaults = defaults.size() > 0;
        HubPatience hubPatience = HubPatience.start(
                link,
                patience,
                () -> !hasDefaults && takesPicturesByItself(),
                words -> ending.end(Ending.NO_HUB, words));
        doors = Map.of(
                "hub-patience", hubPatience::close,
                "orders", orders::close,
                "heartbeat", heartbeat::close,
                "reports", reports::close,
                "control", control::close,
                "readiness", readiness::close,
                "web", web::close,
                "metrics", metrics::close,
                "tls", () -> tls.ifPresent(ServerTls::close));
        control.start(this::apply);
        link.open(new HubDoor(control, reports, methods, messages));
    }

    /**
     * Starts everything; what needs the hub waits for it by itself.
     *
     * @param settingsFiles a desired document: all there is without a hub, defaults with one
     * @param ending is told if the module gives up by itself
     * @throws IllegalArgumentException if the environment describes no usable hub link, with the fix
     * @throws IOException if a settings file cannot be read
     */
    static EdgeModule start(
            Map<String, String> environment, List<Path> settingsFiles, InstantSource clock, Ending ending)
            throws IOException {
        Optional<HubLink> hub = IotEdgeLink.of(environment, clock);
        if (hub.isEmpty() && settingsFiles.isEmpty()) {
            throw new IllegalArgumentException("there is no hub (IOTEDGE_WORKLOADURI, EdgeHubConnectionString or"
                    + " CONNECTION_STRING) and no --settings FILE; one of them is needed");
        }
        JsonObject document = SettingsFiles.read(settingsFiles);
        return hub.isPresent()
                ? new EdgeModule(hub.get(), document, environment, clock, ending)
                : new EdgeModule(new SettingsFiles(settingsFiles, clock), new JsonObject(), environment, clock, ending);
    }

    /**
     * Stops the parts in the opposite order of starting: first what brings in wishes, last the line, which carries the
     * answers. Those that do not need each other stop side by side, and none waits long for one that is stuck.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            SideBySide.run(doors, DOORS);
            SideBySide.run(Map.of("cameras", cameras::close, "storage", storage::close), MACHINES);
            SideBySide.run(Map.of("telemetry", telemetry::close, "ledger", ledger::close), LINE);
            SideBySide.run(Map.of("hub", link::close), LINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes reality match the settings; on the control thread. */
    private void apply(Settings settings) {
        storage.apply(settings.storage(), settings.spool());
        ledger.open(settings.spool().folder());
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

    private boolean takesPicturesByItself() {
        return control.settings().map(Settings::cameras).orElse(Map.of()).values().stream()
                .anyMatch(camera -> !camera.schedule().interval().isZero()
                        || camera.motion().enabled());
    }

    private Map<String, LookSettings> looks() {
        Map<String, CameraSettings> now =
                control.settings().map(Settings::cameras).orElse(Map.of());
        return now.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().look()));
    }

    private static JsonObject tls(ServerTls.Status now) {
        JsonObject json = new JsonObject();
        json.addProperty("source", now.source());
        now.until().ifPresent(until -> json.addProperty("until", Times.text(until)));
        json.addProperty("error", now.error());
        return json;
    }

    private static Map<String, Methods.Method> methods(Inspections inspections, GetLedger getLedger) {
        return Map.of(
                "getStatus", inspections::status,
                "testCamera", inspections::testCamera,
                "testStorage", inspections::testStorage,
                "validateSettings", inspections::validate,
                "getLedger", getLedger::answer);
    }

    private List<Picture> waiting() {
        return storage.waiting();
    }

    /** The settings in force, and beside them what was asked for. */
    private JsonObject settings() {
        JsonObject settings = control.comparison();
        settings.add("inForce", control.inForce());
        return settings;
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
