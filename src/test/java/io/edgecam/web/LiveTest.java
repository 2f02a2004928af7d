package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.LookSettings;
import io.edgecam.settings.Secret;
import io.edgecam.settings.StampSettings;
import io.edgecam.settings.WebSettings;
import io.edgecam.web.LiveView.Message;
import io.edgecam.web.Wire.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All cameras over one WebSocket. */
@Timeout(90)
class LiveTest {
    static final String[] HANDSHAKE = {
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };

    @Test
    void namesTheCamerasAndThenShowsThemByTheirIndex() throws Exception {
        try (Door door = new Door(Door.OPEN, "front", "yard");
                LiveView live = new LiveView(door, "")) {
            assertThat(live.next().text()).isEqualTo("{\"cameras\":[\"front\",\"yard\"]}");
            TreeSet<Integer> seen = new TreeSet<>();
            while (seen.size() < 2) {
                Message picture = live.nextPicture();
                assertThat(picture.index()).isBetween(0, 1);
                assertThat(Jpeg.of(picture.picture()))
                        .isEqualTo(door.camera("front").picture());
                seen.add(picture.index());
            }
        }
    }

    @Test
    void showsOneCameraIfOneIsNamed() throws Exception {
        try (Door door = new Door(Door.OPEN, "front", "yard");
                LiveView live = new LiveView(door, "?camera=yard")) {
            assertThat(live.nextCameras()).containsExactly("yard");
            for (int i = 0; i < 5; i++) {
                assertThat(live.nextPicture().index()).isZero();
            }
            assertThat(door.camera("front").framesRead()).isZero();
            assertThat(Wire.get(door.port(), "/live?camera=attic", HANDSHAKE).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void tellsAnewWhenCamerasComeAndGo() throws Exception {
        try (Door door = new Door(Door.OPEN, "front", "yard");
                LiveView live = new LiveView(door, "")) {
            assertThat(live.nextCameras()).containsExactly("front", "yard");
            door.show("yard");
            assertThat(live.nextCameras()).containsExactly("yard");
            assertThat(live.nextPicture().index()).isZero();
            door.show("attic", "yard");
            assertThat(live.nextCameras()).containsExactly("attic", "yard");
            while (live.nextPicture().index() != 1) {}
            door.show();
            assertThat(live.nextCameras()).isEmpty();
            door.show("yard");
            assertThat(live.nextCameras()).containsExactly("yard");
            live.nextPicture();
        }
    }

    @Test
    void theOtherSideChoosesWhatItWatches() throws Exception {
        try (Door door = new Door(Door.OPEN, "front", "yard");
                LiveView live = new LiveView(door, "")) {
            assertThat(live.nextCameras()).containsExactly("front", "yard");
            live.say("{\"watch\": [\"yard\"]}");
            assertThat(live.nextCameras()).containsExactly("yard");
            live.say("{\"watch\": []}");
            assertThat(live.nextCameras()).isEmpty();
            awaitWatched(door, 0);
            live.say("{\"watch\": \"*\"}");
            assertThat(live.nextCameras()).containsExactly("front", "yard");
            live.nextPicture();
        }
    }

    @Test
    void saysWhatIsWrongWithAMessageAndGoesOn() throws Exception {
        try (Door door = new Door(Door.OPEN, "front");
                LiveView live = new LiveView(door, "")) {
            for (Map.Entry<String, String> wrong : Map.of(
                            "watch", "is not JSON",
                            "{}", "{\"watch\": [\"front\", …]}",
                            "{\"watch\": 7}", "list",
                            "{\"watch\": [\"attic\"]}", "no camera attic",
                            "{\"watch\": [\"front\"], \"look\": 1}", "watch")
                    .entrySet()) {
                live.say(wrong.getKey());
                JsonObject error = live.next("error").getAsJsonObject("error");
                assertThat(error.get("message").getAsString()).contains(wrong.getValue());
            }
            live.nextPicture();
        }
    }

    @Test
    void whoeverSaysTooMuchIsSentAway() throws Exception {
        try (Door door = new Door(Door.OPEN, "front")) {
            try (LiveView big = new LiveView(door, "")) {
                big.say("\"" + "x".repeat(5000) + "\"");
                assertThat(big.end().closeCode()).isEqualTo(1009);
            }
            try (LiveView bytes = new LiveView(door, "")) {
                bytes.sayBytes(new byte[] {1});
                assertThat(bytes.end().closeCode()).isEqualTo(1007);
            }
            try (Wire much = handshake(door, "/live")) {
                StringBuilder pings = new StringBuilder();
                for (int i = 0; i < 100; i++) {
                    pings.append("\u0089\u0080\u0000\u0000\u0000\u0000");
                }
                much.text(pings.toString());
                assertThat(much.isClosedByServer()).isTrue();
            }
            awaitWatched(door, 0);
        }
    }

    @Test
    void answersPingAndGoodbye() throws Exception {
        try (Door door = new Door(Door.OPEN, "front");
                LiveView live = new LiveView(door, "")) {
            live.ping("are you there?");
            assertThat(live.next("pong").get("pong").getAsString()).isEqualTo("are you there?");
            live.sayGoodbye();
            assertThat(live.end().closeCode()).isEqualTo(1000);
            awaitViewers(door, 0);
        }
    }

    @Test
    void tellsWhatHappensFromNowOn() throws Exception {
        try (Door door = new Door(Door.OPEN, "front")) {
            door.recent.add(event("before"));
            try (LiveView live = new LiveView(door, "")) {
                live.nextPicture();
                door.recent.add(event("cable"));
                door.recent.add(Event.of(EventType.HEARTBEAT, Instant.now(), Map.of()));
                door.recent.add(event("power"));
                JsonObject first = live.next("event").getAsJsonObject("event");
                assertThat(first.get("type").getAsString()).isEqualTo("cameraLost");
                assertThat(first.get("camera").getAsString()).isEqualTo("front");
                assertThat(first.get("reason").getAsString()).isEqualTo("cable");
                JsonObject second = live.next("event").getAsJsonObject("event");
                assertThat(second.get("reason").getAsString()).isEqualTo("power");
            }
            assertThat(Wire.get(door.port(), "/api/events?limit=2").text())
                    .containsSubsequence("power", "cable")
                    .doesNotContain("before", "heartbeat");
            assertThat(Wire.get(door.port(), "/api/events?limit=0").status()).isEqualTo(400);
        }
    }

    @Test
    void tellsThePicturesWheneverTheyChange() throws Exception {
        try (Door door = new Door(Door.OPEN, "front");
                LiveView live = new LiveView(door, "")) {
            assertThat(live.next("pictures").getAsJsonArray("pictures")).isEmpty();
            JsonObject picture = new JsonObject();
            picture.addProperty("id", "1");
            picture.addProperty("state", "spooled");
            door.pictures.add(picture);
            JsonObject told = live.next("pictures");
            assertThat(told).hasToString("{\"pictures\":[{\"id\":\"1\",\"state\":\"spooled\"}]}");
        }
    }

    @Test
    void tellsSinceWhenAndWhyACameraIsLostAndGoesOnWithTheOthers() throws Exception {
        try (Door door = new Door(Door.OPEN, Door.LITTLE, PaintedCamera.noise(160, 120), "front", "yard");
                LiveView live = new LiveView(door, "")) {
            live.nextPicture();
            Instant pulled = Instant.now();
            door.camera("front").unplug("somebody tripped over the cable");
            JsonObject front = status(live, "front");
            while (!front.get("state").getAsString().equals("lost")) {
                front = status(live, "front");
            }
            assertThat(front.get("error").getAsString()).contains("tripped");
            assertThat(Instant.parse(front.get("since").getAsString())).isAfter(pulled.minusMillis(1));
            // longer than a stream of it would be kept
            Instant later = pulled.plus(Door.LITTLE.silence()).plusSeconds(1);
            while (Instant.now().isBefore(later)) {
                assertThat(live.nextPicture().body()).isNotEmpty();
            }
            door.camera("front").unplug("");
            while (live.nextPicture().index() != 0) {}
        }
    }

    @Test
    void theStampCanBeLeftOutButMasksCannot() throws Exception {
        LookSettings.Polygon left = new LookSettings.Polygon(List.of(
                new LookSettings.Point(0, 0), new LookSettings.Point(0.5, 0),
                new LookSettings.Point(0.5, 1), new LookSettings.Point(0, 1)));
        LookSettings stamped = Door.look(StampSettings.Place.BELOW);
        LookSettings masked = new LookSettings(
                0, LookSettings.Flip.NONE, LookSettings.Region.ALL, List.of(left), 85, stamped.stamp(), true);
        try (Door door = new Door(Door.OPEN, "front")) {
            door.looks.put("front", masked);
            try (LiveView with = new LiveView(door, "");
                    LiveView without = new LiveView(door, "?stamp=off")) {
                assertThat(Jpeg.of(with.nextPicture().picture()).height()).isEqualTo(144);
                assertMasked(without.nextPicture().picture());
            }
            assertMasked(Wire.get(door.port(), "/image.jpg?stamp=off").bytes());
            try (Wire stream = new Wire(door.port()).send(Wire.head("GET /stream.mjpeg?stamp=off"))) {
                stream.readHead();
                assertMasked(stream.readPart().bytes());
            }
            assertThat(Wire.get(door.port(), "/image.jpg?stamp=maybe").errorMessage())
                    .contains("stamp must be on or off");
            // with no mask nothing is left to change: EXIF would be a change, too
            door.looks.put(
                    "front",
                    new LookSettings(
                            0, LookSettings.Flip.NONE, LookSettings.Region.ALL, List.of(), 85, stamped.stamp(), true));
            try (LiveView without = new LiveView(door, "?stamp=off")) {
                assertThat(Jpeg.of(without.nextPicture().picture()))
                        .isEqualTo(door.camera("front").picture());
            }
        }
    }

    @Test
    void oneWhoNeverReadsIsClosedAndHoldsUpNobody() throws Exception {
        Jpeg big = PaintedCamera.noise(1600, 1200);
        try (Door door = new Door(Door.OPEN, Door.LITTLE, big, "front");
                Wire stuck = handshake(door, "/live");
                LiveView reading = new LiveView(door, "")) {
            awaitViewers(door, 2);
            int read = 0;
            while (Wire.get(door.port(), "/api/status")
                            .json()
                            .getAsJsonObject("web_status")
                            .get("viewers")
                            .getAsInt()
                    == 2) {
                reading.nextPicture();
                read++;
            }
            assertThat(read).isGreaterThan(10);
            assertThat(stuck.isClosedByServer()).isTrue();
            reading.nextPicture();
        }
    }

    @Test
    void takesOneSeatAndGivesItBack() throws Exception {
        WebSettings few = new WebSettings(true, 0, Secret.NONE, false, List.of(), 1, 50);
        try (Door door = new Door(few, "front", "yard")) {
            try (LiveView live = new LiveView(door, "")) {
                live.nextPicture();
                Reading second = Wire.get(door.port(), "/live", HANDSHAKE);
                assertThat(second.status()).isEqualTo(503);
                assertThat(second.errorCode()).isEqualTo("TooManyViewers");
            }
            awaitViewers(door, 0);
            try (LiveView again = new LiveView(door, "")) {
                again.nextPicture();
            }
        }
    }

    @Test
    void leavesNoThreadAndNoCameraBehind() throws Exception {
        try (Door door = new Door(Door.OPEN, "front", "yard")) {
            try (LiveView live = new LiveView(door, "")) {
                live.nextPicture();
                assertThat(threads()).contains("web-live", "web-front", "web-yard");
            }
            while (threads().stream()
                    .anyMatch(
                            name -> List.of("web-live", "web-front", "web-yard").contains(name))) {
                Thread.onSpinWait();
            }
            awaitWatched(door, 0);
        }
    }

    @Test
    void closingSaysGoodbye() throws Exception {
        try (Door door = new Door(Door.OPEN, "front");
                LiveView live = new LiveView(door, "")) {
            live.nextPicture();
            door.server().close();
            assertThat(live.end().closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void closingEndsAlsoThoseWhoDoNotRead() throws Exception {
        Jpeg big = PaintedCamera.noise(1600, 1200);
        try (Door door = new Door(Door.OPEN, big, "front");
                Wire stuck = handshake(door, "/live");
                LiveView reading = new LiveView(door, "")) {
            awaitViewers(door, 2);
            for (int i = 0; i < 20; i++) {
                reading.nextPicture();
            }
            door.server().close();
            assertThat(stuck.isClosedByServer()).isTrue();
        }
    }

    @Test
    void pagesOfOtherSitesAndStrangersAreNotLetIn() throws Exception {
        try (Door door = new Door(Door.OPEN, "front")) {
            Reading foreign = Wire.get(door.port(), "/live", with("Origin: http://evil.example"));
            assertThat(foreign.status()).isEqualTo(403);
            assertThat(foreign.errorCode()).isEqualTo("CrossSite");
            assertThat(Wire.get(door.port(), "/live", with("Sec-Fetch-Site: cross-site"))
                            .status())
                    .isEqualTo(403);
            try (Wire own = new Wire(door.port()).send(Wire.head("GET /live", with("Origin: http://localhost")))) {
                assertThat(own.readHead().status()).isEqualTo(101);
            }
        }
        try (Door door = new Door(Door.withToken("a-long-and-secret-token"), "front")) {
            assertThat(Wire.get(door.port(), "/live", HANDSHAKE).status()).isEqualTo(401);
            try (Wire badge = new Wire(door.port())
                    .send(Wire.head("GET /live", with("Authorization: Bearer a-long-and-secret-token")))) {
                assertThat(badge.readHead().status()).isEqualTo(101);
            }
        }
    }

    @Test
    void whoeverComesWithoutAHandshakeIsToldWhatThisIs() throws IOException {
        try (Door door = new Door(Door.OPEN, "front")) {
            Reading plain = Wire.get(door.port(), "/live");
            assertThat(plain.status()).isEqualTo(426);
            assertThat(plain.header("Upgrade")).isEqualTo("websocket");
            assertThat(plain.errorMessage()).contains("WebSocket");
            awaitViewers(door, 0);
        }
    }

    @Test
    void picturesThatAreHereCanBeSeenAndOthersAreExplained() throws IOException {
        Jpeg picture = PaintedCamera.noise(32, 32);
        try (Door door = new Door(Door.OPEN, "front")) {
            door.images.put("0c8a-1", picture);
            Reading kept = Wire.get(door.port(), "/api/pictures/0c8a-1.jpg");
            assertThat(kept.status()).isEqualTo(200);
            assertThat(kept.header("Content-Type")).isEqualTo("image/jpeg");
            assertThat(kept.bytes()).isEqualTo(picture.toBytes());
            String tag = "\"" + picture.sha256() + "\"";
            assertThat(kept.header("ETag")).isEqualTo(tag);
            Reading known = Wire.get(door.port(), "/api/pictures/0c8a-1.jpg", "If-None-Match: " + tag);
            assertThat(known.status()).isEqualTo(304);
            Reading gone = Wire.get(door.port(), "/api/pictures/0c8a-2.jpg");
            assertThat(gone.status()).isEqualTo(404);
            assertThat(gone.errorCode()).isEqualTo("PictureGone");
            for (String path : List.of("", "*", "..%2f0c8a-1.jpg", "0c8a-1", ".jpg", "0c8a-1.jpg/more")) {
                Reading nothing = Wire.get(door.port(), "/api/pictures/" + path);
                assertThat(nothing.status()).as(path).isEqualTo(404);
                assertThat(nothing.errorCode()).isEqualTo("NotFound");
            }
        }
    }

    private static void assertMasked(byte[] jpeg) throws IOException {
        var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(jpeg));
        assertThat(image.getHeight()).isEqualTo(120);
        assertThat(image.getRGB(20, 60) & 0xF0F0F0).isZero();
        assertThat(image.getRGB(140, 60) & 0xF0F0F0).isNotZero();
    }

    private static JsonObject status(LiveView live, String camera) throws InterruptedException {
        return live.next("cameras_status").getAsJsonObject("cameras_status").getAsJsonObject(camera);
    }

    private static Event event(String reason) {
        return Event.ofCamera(EventType.CAMERA_LOST, Instant.now(), "front", Map.of("reason", reason));
    }

    private static Wire handshake(Door door, String path) throws IOException {
        return new Wire(door.port()).send(Wire.head("GET " + path, HANDSHAKE));
    }

    private static String[] with(String header) {
        String[] all = List.of(HANDSHAKE).toArray(new String[HANDSHAKE.length + 1]);
        all[HANDSHAKE.length] = header;
        return all;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static void awaitViewers(Door door, int count) throws IOException {
        while (webStatus(door).get("viewers").getAsInt() != count) {}
    }

    private static void awaitWatched(Door door, int cameras) throws IOException {
        while (webStatus(door).getAsJsonObject("live").size() != cameras) {}
    }

    private static JsonObject webStatus(Door door) throws IOException {
        return Wire.get(door.port(), "/api/status").json().getAsJsonObject("web_status");
    }
}
