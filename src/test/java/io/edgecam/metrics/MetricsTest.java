package io.edgecam.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.camera.Cameras;
import io.edgecam.camera.source.Sources;
import io.edgecam.contract.Counts;
import io.edgecam.event.Events;
import io.edgecam.ledger.Tally;
import io.edgecam.metrics.Metrics.HubFigures;
import io.edgecam.picture.Identity;
import io.edgecam.storage.Storage;
import io.edgecam.storage.blob.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of metrics: its form, and that docs/metrics.md tells of each. What the figures are is compared in MetricsIT. */
@Timeout(60)
class MetricsTest {
    private static final Path PAGE = Path.of("docs", "metrics.md");
    private static final Identity CAMERA = new Identity("edge-device", "CameraModule");

    private final Events events = new Events();
    private final InstantSource clock = InstantSource.system();
    private final Cameras cameras = new Cameras(new Sources(clock, Map.of()), events, clock);
    private final Storage storage = new Storage(new Stores(), events, clock, () -> {});

    @AfterEach
    void close() {
        cameras.close();
        storage.close();
    }

    @Test
    void everyMetricHasARowAndEveryRowAMetric() throws IOException {
        String page = Files.readString(PAGE);
        Map<String, String> rows = Pattern.compile("^\\| `(edgecam_[a-z_]+)` \\| ([a-z]+) \\|", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        Scrape scrape = Scrape.of(text(Map.of(), CAMERA));

        assertThat(new TreeSet<>(rows.keySet())).isEqualTo(new TreeSet<>(scrape.families()));
        rows.forEach((name, type) -> assertThat(type).as(name).isEqualTo(scrape.type(name)));
    }

    @Test
    void everyLabelIsToldOf() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> told = Pattern.compile("`([a-z_]+)`")
                .matcher(page)
                .results()
                .map((MatchResult name) -> name.group(1))
                .collect(Collectors.toSet());

        assertThat(told).containsAll(Scrape.LABELS_OF_ALL);
        assertThat(told)
                .contains("camera", "trigger", "outcome", "stage", "reason", "state", "type", "le", "kind", "status");
    }

    @Test
    void namesAreAsPrometheusWantsThem() {
        Scrape scrape = Scrape.of(text(Map.of(), CAMERA));

        for (String name : scrape.families()) {
            assertThat(name.endsWith("_total"))
                    .as(name)
                    .isEqualTo(scrape.type(name).equals("counter"));
            assertThat(scrape.type(name)).isIn("counter", "gauge", "histogram");
        }
    }

    @Test
    void theHubIsTheOneTheModuleWorksFor() {
        String edge = "HostName=edge.example.net;DeviceId=d;ModuleId=m;SharedAccessKey=c2VjcmV0;GatewayHostName=g";
        String direct = "HostName=direct.example.net;DeviceId=d;SharedAccessKey=c2VjcmV0";

        assertThat(text(
                        Map.of("IOTEDGE_IOTHUBHOSTNAME", "hub.example.net", "IOTEDGE_WORKLOADURI", "unix:///w"),
                        CAMERA))
                .contains("{iothub=\"hub.example.net\",edge_device=\"edge-device\",instance_number=\"")
                .contains("\",module_name=\"CameraModule\"");
        assertThat(text(Map.of("EdgeHubConnectionString", edge, "CONNECTION_STRING", direct), CAMERA))
                .contains("iothub=\"edge.example.net\"")
                .doesNotContain("c2VjcmV0");
        assertThat(text(Map.of("CONNECTION_STRING", direct), new Identity("d", "")))
                .contains("iothub=\"direct.example.net\"")
                .contains("module_name=\"none\"");
        assertThat(text(Map.of(), CAMERA)).contains("iothub=\"none\"");
    }

    @Test
    void aLabelIsEscapedAndAnInfiniteValueIsNoLine() {
        Exposition out = new Exposition(Labels.of(Map.of(), CAMERA));
        out.gauge("edgecam_x", "x")
                .add(1.5, Map.of("a", "a\"b\\c\nd"))
                .add(Double.POSITIVE_INFINITY)
                .add(Double.NaN)
                .add(1e300, Map.of("a", "much"));

        assertThat(out.text().lines()).hasSize(4);
        assertThat(out.text()).contains(",a=\"a\\\"b\\\\c\\nd\"} 1.5\n").doesNotContain("Inf", "NaN");
    }

    @Test
    void bucketsAddUp() {
        Histogram histogram = new Histogram();
        for (long millis : List.of(1L, 5L, 6L, 100L, 31_000L)) {
            histogram.add(Duration.ofMillis(millis));
        }
        Exposition out = new Exposition(Labels.of(Map.of(), CAMERA));
        out.family("edgecam_x", "histogram", "x").add(histogram.reading(), Map.of("stage", "frame"));
        Scrape scrape = Scrape.of(out.text());

        assertThat(scrape.value("edgecam_x_bucket", "stage", "frame", "le", "0.005"))
                .isEqualTo(2);
        assertThat(scrape.value("edgecam_x_bucket", "stage", "frame", "le", "0.02"))
                .isEqualTo(3);
        assertThat(scrape.value("edgecam_x_bucket", "stage", "frame", "le", "0.1"))
                .isEqualTo(4);
        assertThat(scrape.value("edgecam_x_bucket", "stage", "frame", "le", "30"))
                .isEqualTo(4);
        assertThat(scrape.value("edgecam_x_bucket", "stage", "frame", "le", "+Inf"))
                .isEqualTo(5);
        assertThat(scrape.value("edgecam_x_count", "stage", "frame")).isEqualTo(5);
        assertThat(scrape.value("edgecam_x_sum", "stage", "frame")).isEqualTo(31.112);
        assertThat(scrape.all("edgecam_x_bucket")).hasSize(Histogram.BOUNDS.size() + 1);
    }

    private String text(Map<String, String> environment, Identity identity) {
        HubFigures hub = new HubFigures(true, 1, 0, 0, 0);
        return new Metrics(
                        Labels.of(environment, identity),
                        "1.2.3",
                        clock,
                        cameras,
                        storage,
                        new Counts(),
                        new PictureFigures(new Tally()),
                        new WebFigures(),
                        () -> hub)
                .text();
    }
}
