package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.picture.Jpeg;
import io.edgecam.settings.Secret;
import io.edgecam.settings.StampSettings;
import io.edgecam.settings.WebSettings;
import io.edgecam.web.Wire.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live views on the wire. */
@Timeout(60)
class StreamsTest {
    private static final int BIG_WIDTH = 1600;
    private static final int BIG_HEIGHT = 1200;

    @Test
    void aStreamIsPicturesWithLengthAndTime() throws IOException {
        try (Door door = new Door(Door.OPEN, "front");
                Wire wire = watching(door, "/stream.mjpeg")) {
            Reading head = wire.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("multipart/x-mixed-replace; boundary=frame");
            assertThat(head.headers()).doesNotContainKeys("transfer-encoding", "content-length");
            Instant before = Instant.EPOCH;
            for (int i = 0; i < 5; i++) {
                Reading part = wire.readPart();
                assertThat(part.header("Content-Type")).isEqualTo("image/jpeg");
                assertThat(Jpeg.of(part.bytes())).isEqualTo(door.camera("front").picture());
                Instant taken = Instant.parse(part.header("X-Timestamp"));
                assertThat(taken).isAfter(before);
                before = taken;
            }
        }
    }

    @Test
    void theNextBoundaryComesWithThePicture() throws IOException {
        try (Door door = new Door(Door.OPEN, "front");
                Wire wire = watching(door, "/video_feed?camera=front")) {
            wire.readHead();
            wire.readPart();
            door.camera("front").unplug("no further picture");
            String line = wire.line();
            assertThat(line).isEmpty();
            assertThat(wire.line()).isEqualTo("--frame");
        }
    }

    @Test
    void comesNoFasterThanItMay() throws IOException {
        WebSettings slow = new WebSettings(true, 0, Secret.NONE, false, List.of(), 4, 5);
        try (Door door = new Door(slow, "front");
                Wire wire = watching(door, "/stream.mjpeg")) {
            wire.readHead();
            Instant first = Instant.parse(wire.readPart().header("X-Timestamp"));
            for (int i = 0; i < 19; i++) {
                wire.readPart();
            }
            Instant last = Instant.parse(wire.readPart().header("X-Timestamp"));
            // 4 s at 5 a second; the camera itself would take 0.2 s
            assertThat(last).isAfter(first.plusMillis(1500));
        }
    }

    @Test
    void viewersSeeTheLookInForce() throws IOException {
        try (Door door = new Door(Door.OPEN, "front");
                Wire wire = watching(door, "/stream.mjpeg")) {
            wire.readHead();
            assertThat(Jpeg.of(wire.readPart().bytes()).height()).isEqualTo(120);
            door.looks.put("front", Door.look(StampSettings.Place.BELOW));
            int height = 0;
            while (height != 144) {
                height = Jpeg.of(wire.readPart().bytes()).height();
            }
        }
    }

    @Test
    void onlySoManyMayLook() throws IOException {
        WebSettings few = new WebSettings(true, 0, Secret.NONE, false, List.of(), 2, 50);
        try (Door door = new Door(few, "front");
                Wire first = watching(door, "/stream.mjpeg")) {
            try (Wire second = watching(door, "/stream.mjpeg")) {
                first.readHead();
                first.readPart();
                second.readHead();
                second.readPart();
                Reading third = Wire.get(door.port(), "/stream.mjpeg");
                assertThat(third.status()).isEqualTo(503);
                assertThat(third.errorCode()).isEqualTo("TooManyViewers");
                assertThat(third.errorMessage()).contains("2", "web.maxViewers");
                assertThat(Wire.get(door.port(), "/api/status").json().toString())
                        .contains("\"web_status\":{\"viewers\":2,\"live\":{\"front\":{\"viewers\":2,\"frameAgeMs\":");
            }
            awaitViewers(door, 1);
            try (Wire again = watching(door, "/stream.mjpeg")) {
                assertThat(again.readHead().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void whoeverStopsReadingDelaysNobodyAndIsClosed() throws IOException {
        Jpeg big = PaintedCamera.noise(BIG_WIDTH, BIG_HEIGHT);
        try (Door door = new Door(Door.OPEN, Door.LITTLE, big, "front");
                Wire stuck = new Wire(narrow(door));
                Wire reading = watching(door, "/stream.mjpeg")) {
            stuck.send(Wire.head("GET /stream.mjpeg"));
            stuck.readHead();
            reading.readHead();
            awaitViewers(door, 2);
            int framesBefore = door.camera("front").framesRead();
            Instant begin = Instant.parse(reading.readPart().header("X-Timestamp"));
            Instant now = begin;
            while (viewers(door) == 2) {
                now = Instant.parse(reading.readPart().header("X-Timestamp"));
            }
            assertThat(now).isAfter(begin.plusSeconds(1));
            assertThat(door.camera("front").framesRead() - framesBefore).isGreaterThan(10);
            assertThat(stuck.isClosedByServer()).isTrue();
            reading.readPart();
        }
    }

    @Test
    void aSlowViewerSkipsPicturesInsteadOfSeeingOldOnes() throws IOException {
        Jpeg big = PaintedCamera.noise(BIG_WIDTH, BIG_HEIGHT);
        try (Door door = new Door(Door.OPEN, big, "front");
                Wire slow = new Wire(narrow(door));
                Wire quick = watching(door, "/stream.mjpeg")) {
            slow.send(Wire.head("GET /stream.mjpeg"));
            slow.readHead();
            slow.readPart();
            quick.readHead();
            Instant paused = Instant.parse(quick.readPart().header("X-Timestamp"));
            Instant now = paused;
            while (now.isBefore(paused.plusSeconds(4))) {
                now = Instant.parse(quick.readPart().header("X-Timestamp"));
            }
            // the part on its way and the one that waited are old, then comes the present
            slow.readPart();
            slow.readPart();
            assertThat(Instant.parse(slow.readPart().header("X-Timestamp"))).isAfter(now.minusSeconds(1));
        }
    }

    @Test
    void aStreamGoesOnWhenTheCameraIsBack() throws Exception {
        try (Door door = new Door(Door.OPEN, "front");
                Wire wire = watching(door, "/stream.mjpeg")) {
            wire.readHead();
            wire.readPart();
            door.camera("front").unplug("for a moment");
            door.camera("front").awaitTriedInVain();
            Instant back = Instant.now();
            door.camera("front").unplug("");
            Instant taken = Instant.EPOCH;
            while (taken.isBefore(back)) {
                taken = Instant.parse(wire.readPart().header("X-Timestamp"));
            }
        }
    }

    @Test
    void aStreamOfALostCameraEndsAfterAWhile() throws IOException {
        try (Door door = new Door(Door.OPEN, Door.LITTLE, PaintedCamera.noise(160, 120), "front")) {
            door.camera("front").unplug("for good");
            try (Wire wire = watching(door, "/stream.mjpeg")) {
                assertThat(wire.readHead().status()).isEqualTo(200);
                assertThat(wire.isClosedByServer()).isTrue();
                awaitViewers(door, 0);
            }
        }
    }

    @Test
    void manyViewersOfOneCameraNeedOneThread() throws IOException {
        WebSettings many = new WebSettings(true, 0, Secret.NONE, false, List.of(), 64, 50);
        List<Wire> wires = new ArrayList<>();
        try (Door door = new Door(many, "front")) {
            for (int i = 0; i < 64; i++) {
                wires.add(watching(door, "/stream.mjpeg"));
            }
            for (Wire wire : wires) {
                wire.readHead();
                wire.readPart();
                wire.readPart();
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("web-front"))
                    .hasSize(1);
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    @Test
    void closingEndsEveryStreamAtOnce() throws IOException {
        try (Door door = new Door(Door.OPEN, "front", "yard");
                Wire one = watching(door, "/stream.mjpeg?camera=front");
                Wire other = watching(door, "/stream.mjpeg?camera=yard")) {
            one.readHead();
            one.readPart();
            other.readHead();
            other.readPart();
            door.server().close();
            assertThat(one.isClosedByServer()).isTrue();
            assertThat(other.isClosedByServer()).isTrue();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(Thread::isAlive)
                    .extracting(Thread::getName)
                    .doesNotContain("web-front", "web-yard");
            door.server().close();
        }
    }

    private static Wire watching(Door door, String path) throws IOException {
        return new Wire(door.port()).send(Wire.head("GET " + path));
    }

    /** A connection that takes in little. */
    private static Socket narrow(Door door) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), door.port()));
        return socket;
    }

    private static void awaitViewers(Door door, int count) throws IOException {
        int viewers = -1;
        while (viewers != count) {
            viewers = viewers(door);
        }
    }

    private static int viewers(Door door) throws IOException {
        return Wire.get(door.port(), "/api/status")
                .json()
                .getAsJsonObject("web_status")
                .get("viewers")
                .getAsInt();
    }
}
