package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.camera.Cameras;
import io.edgecam.camera.source.Sources;
import io.edgecam.contract.Counts;
import io.edgecam.event.Events;
import io.edgecam.ledger.Tally;
import io.edgecam.metrics.Labels;
import io.edgecam.metrics.Metrics;
import io.edgecam.metrics.PictureFigures;
import io.edgecam.metrics.Scrape;
import io.edgecam.picture.Identity;
import io.edgecam.settings.Secret;
import io.edgecam.settings.WebSettings;
import io.edgecam.storage.Storage;
import io.edgecam.storage.blob.Stores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted of real viewers, as the metrics tell it. */
@Timeout(60)
class WebFiguresTest {
    private static final String TOKEN = "a-token-of-more-than-16";

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
    void viewersAreCountedByWhatTheyLookAtUntilTheyGo() throws Exception {
        try (Door door = new Door(Door.OPEN, "front")) {
            try (Wire stream = stream(door);
                    LiveView one = new LiveView(door, "");
                    LiveView other = new LiveView(door, "")) {
                stream.readHead();
                stream.readPart();
                one.nextPicture();
                other.nextPicture();
                assertThat(scrape(door).value("edgecam_web_viewers", "kind", "stream"))
                        .isEqualTo(1);
                assertThat(scrape(door).value("edgecam_web_viewers", "kind", "live"))
                        .isEqualTo(2);
            }
            await(door, 0, "edgecam_web_viewers", "kind", "stream");
            await(door, 0, "edgecam_web_viewers", "kind", "live");
        }
    }

    @Test
    void whatASlowViewerMissesIsCountedAndThatItWasClosed() throws Exception {
        try (Door door = new Door(Door.OPEN, Door.LITTLE, PaintedCamera.noise(1280, 960), "front");
                Wire stuck = new Wire(narrow(door))) {
            stuck.send(Wire.head("GET /stream.mjpeg"));
            stuck.readHead();
            await(door, 1, "edgecam_web_viewers_closed_total", "kind", "stream");

            Scrape scrape = scrape(door);
            assertThat(scrape.value("edgecam_web_frames_skipped_total", "camera", "front", "kind", "stream"))
                    .isGreaterThan(10);
            assertThat(scrape.value("edgecam_web_viewers", "kind", "stream")).isZero();
            assertThat(scrape.value("edgecam_web_viewers_closed_total", "kind", "live"))
                    .isZero();
        }
    }

    @Test
    void aWebSocketThatIsNotReadIsCountedToo() throws Exception {
        try (Door door = new Door(Door.OPEN, Door.LITTLE, PaintedCamera.noise(1280, 960), "front");
                Wire stuck = new Wire(narrow(door))) {
            stuck.send(Wire.head("GET /live", LiveTest.HANDSHAKE));
            assertThat(stuck.readHead().status()).isEqualTo(101);
            await(door, 1, "edgecam_web_viewers_closed_total", "kind", "live");

            assertThat(scrape(door).value("edgecam_web_frames_skipped_total", "camera", "front", "kind", "live"))
                    .isGreaterThan(10);
        }
    }

    @Test
    void whoeverFindsNoSeatIsCounted() throws Exception {
        WebSettings one = new WebSettings(true, 0, Secret.NONE, false, List.of(), 1, 50);
        try (Door door = new Door(one, "front");
                Wire stream = stream(door)) {
            stream.readHead();
            stream.readPart();
            assertThat(Wire.get(door.port(), "/stream.mjpeg").status()).isEqualTo(503);
            assertThat(Wire.get(door.port(), "/live", LiveTest.HANDSHAKE).status())
                    .isEqualTo(503);

            assertThat(scrape(door).value("edgecam_web_refused_total", "reason", "viewers"))
                    .isEqualTo(2);
            assertThat(scrape(door).value("edgecam_web_refused_total", "reason", "busy"))
                    .isZero();
        }
    }

    @Test
    void wrongTokensAndLockOutsAreCounted() throws Exception {
        try (Door door = new Door(Door.withToken(TOKEN), "front")) {
            for (int i = 1; i < Lockout.WRONG_ONES; i++) {
                Wire.get(door.port(), "/api/status", "Authorization: Bearer wrong" + i);
            }
            assertThat(scrape(door).value("edgecam_web_lockouts_total")).isZero();
            Wire.post(door.port(), "/signin", "token=wrong");
            assertThat(Wire.get(door.port(), "/api/status", "Authorization: Bearer " + TOKEN)
                            .status())
                    .isEqualTo(429);

            assertThat(scrape(door).value("edgecam_web_wrong_tokens_total")).isEqualTo(Lockout.WRONG_ONES);
            assertThat(scrape(door).value("edgecam_web_lockouts_total")).isEqualTo(1);
        }
    }

    @Test
    void requestsAreCountedByTheClassOfTheirStatus() throws Exception {
        try (Door door = new Door(Door.OPEN, "front");
                Wire wire = new Wire(door.port())) {
            wire.send(Wire.head("GET /healthz")).read();
            wire.send(Wire.head("GET /nothing")).read();
            wire.send(Wire.head("GET /nothing")).read();
            door.unhealthy.add("a thread died");
            wire.send(Wire.head("GET /healthz")).read();
            await(door, 1, "edgecam_web_requests_total", "status", "5xx");

            assertThat(scrape(door).value("edgecam_web_requests_total", "status", "2xx"))
                    .isEqualTo(1);
            assertThat(scrape(door).value("edgecam_web_requests_total", "status", "4xx"))
                    .isEqualTo(2);
        }
    }

    private void await(Door door, double value, String name, String... labels) {
        while (scrape(door).value(name, labels) != value) {
            assertThat(Thread.interrupted()).as(name).isFalse();
            Thread.onSpinWait();
        }
    }

    private Scrape scrape(Door door) {
        return Scrape.of(new Metrics(
                        Labels.of(Map.of(), new Identity("edge-device", "CameraModule")),
                        "1.2.3",
                        clock,
                        cameras,
                        storage,
                        new Counts(),
                        new PictureFigures(new Tally()),
                        door.figures,
                        () -> new Metrics.HubFigures(true, 1, 0, 0, 0))
                .text());
    }

    private static Wire stream(Door door) throws IOException {
        return new Wire(door.port()).send(Wire.head("GET /stream.mjpeg"));
    }

    /** A connection that takes in little. */
    private static Socket narrow(Door door) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), door.port()));
        return socket;
    }
}
