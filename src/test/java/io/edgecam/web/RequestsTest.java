package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.contract.Answer;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.StampSettings;
import io.edgecam.web.Wire.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stills, orders, status and lists. */
@Timeout(60)
class RequestsTest {
    @Test
    void aStillIsTheCamerasOwnPictureTakenAfterTheRequest() throws IOException {
        try (Door door = new Door(Door.OPEN, "front")) {
            Instant asked = Instant.now();
            Reading answer = Wire.get(door.port(), "/image.jpg");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
            assertThat(answer.header("X-Camera")).isEqualTo("front");
            assertThat(Integer.parseInt(answer.header("X-Frame-Age-Ms"))).isNotNegative();
            assertThat(answer.header("X-Timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(Instant.parse(answer.header("X-Timestamp"))).isAfterOrEqualTo(asked.minusMillis(1));
            assertThat(Jpeg.of(answer.bytes())).isEqualTo(door.camera("front").picture());
        }
    }

    @Test
    void aStillIsStampedAsTheCamerasPicturesAre() throws IOException {
        try (Door door = new Door(Door.OPEN, "front")) {
            door.looks.put("front", Door.look(StampSettings.Place.BELOW));
            Jpeg still = Jpeg.of(Wire.get(door.port(), "/image.jpg").bytes());
            assertThat(still.width()).isEqualTo(160);
            assertThat(still.height()).isEqualTo(144);
        }
    }

    @Test
    void aCameraMustBeNamedWhereThereAreMore() throws IOException {
        try (Door door = new Door(Door.OPEN, "front", "yard")) {
            assertThat(Wire.get(door.port(), "/image.jpg?camera=yard").header("X-Camera"))
                    .isEqualTo("yard");
            Reading unnamed = Wire.get(door.port(), "/image.jpg");
            assertThat(unnamed.status()).isEqualTo(400);
            assertThat(unnamed.errorMessage()).contains("?camera=front", "front, yard");
            for (String path : List.of("/image.jpg?camera=attic", "/stream.mjpeg?camera=attic")) {
                Reading unknown = Wire.get(door.port(), path);
                assertThat(unknown.status()).isEqualTo(404);
                assertThat(unknown.errorCode()).isEqualTo("UnknownCamera");
                assertThat(unknown.errorMessage()).contains("attic", "front, yard");
            }
            assertThat(Wire.get(door.port(), "/image.jpg?camera=%3Cscript%3E").text())
                    .doesNotContain("<script>");
        }
    }

    @Test
    void withoutACameraItSaysHowToNameOne() throws IOException {
        try (Door door = new Door(Door.OPEN)) {
            Reading answer = Wire.get(door.port(), "/image.jpg");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.errorMessage()).contains("cameras in the settings");
        }
    }

    @Test
    void aLostCameraGivesASentenceAndNoPicture() throws IOException {
        try (Door door = new Door(Door.OPEN, "front")) {
            door.camera("front").unplug("somebody tripped over the cable");
            Reading answer = Wire.get(door.port(), "/image.jpg");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.errorCode()).isEqualTo("CameraLost");
            assertThat(answer.errorMessage()).contains("front", "somebody tripped over the cable");
        }
    }

    @Test
    void ordersGoOutAsTheyCameAndAnswersComeBackAsTheyAre() throws Exception {
        try (Door door = new Door(Door.OPEN, "front", "yard")) {
            JsonObject body = JsonParser.parseString("{\"error\":{\"code\":\"SpoolFull\"}}")
                    .getAsJsonObject();
            door.takes(order -> new Answer(507, body));
            Reading answer = Wire.post(door.port(), "/api/pictures", "{\"camera\": \"front\", \"count\": 2}");
            assertThat(answer.status()).isEqualTo(507);
            assertThat(answer.json()).isEqualTo(body);
            assertThat(door.orders.take()).hasToString("{\"camera\":\"front\",\"count\":2}");
            Wire.post(door.port(), "/postimage?camera=yard", "");
            assertThat(door.orders.take()).hasToString("{\"camera\":\"yard\"}");
            Wire.get(door.port(), "/postimage?camera=yard");
            assertThat(door.orders.take()).hasToString("{\"camera\":\"yard\"}");
            Wire.get(door.port(), "/postimage");
            assertThat(door.orders.take()).hasToString("{}");
        }
    }

    @Test
    void aMistakeOfOursShowsNoStack() throws IOException {
        try (Door door = new Door(Door.OPEN, "front")) {
            door.takes(order -> {
                throw new IllegalStateException("a secret of the inside");
            });
            Reading answer = Wire.post(door.port(), "/api/pictures", "");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.errorCode()).isEqualTo("InternalError");
            assertThat(answer.text()).doesNotContain("secret", "IllegalState", "at io.edgecam");
        }
    }

    @Test
    void ordersThatWaitDoNotKeepProbesAndThePageWaiting() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        List<Wire> waiting = new ArrayList<>();
        try (Door door = new Door(Door.OPEN, "front")) {
            door.takes(order -> {
                awaitQuietly(end);
                return new Answer(200, new JsonObject());
            });
            for (int i = 0; i < 24; i++) {
                waiting.add(new Wire(door.port()).send(Wire.head("POST /api/pictures", "Content-Length: 0")));
            }
            Reading refused = Wire.post(door.port(), "/api/pictures", "");
            while (refused.status() != 503) {
                refused = Wire.post(door.port(), "/api/pictures", "");
            }
            assertThat(refused.errorCode()).isEqualTo("Busy");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(Wire.get(door.port(), "/healthz").status()).isEqualTo(200);
            assertThat(Wire.get(door.port(), "/api/status").status()).isEqualTo(200);
            end.countDown();
            for (Wire wire : waiting) {
                assertThat(wire.read().status()).isEqualTo(200);
            }
        } finally {
            end.countDown();
            for (Wire wire : waiting) {
                wire.close();
            }
        }
    }

    @Test
    void aClientMayAskWhetherTheBodyIsWelcome() throws IOException {
        try (Door door = new Door(Door.OPEN, "front");
                Wire wire = new Wire(door.port())) {
            wire.send(Wire.head("POST /api/pictures", "Content-Length: 2", "Expect: 100-continue"));
            assertThat(wire.readHead().status()).isEqualTo(100);
            assertThat(wire.text("{}").read().status()).isEqualTo(200);
        }
    }

    @Test
    void recentPicturesComeNewestFirstByCameraAndNotTooMany() throws IOException {
        try (Door door = new Door(Door.OPEN, "front", "yard")) {
            for (int i = 0; i < 30; i++) {
                JsonObject picture = new JsonObject();
                picture.addProperty("id", i);
                picture.addProperty("camera", i % 10 == 0 ? "yard" : "front");
                door.pictures.add(picture);
            }
            assertThat(list(door, "/api/pictures")).hasSize(20);
            assertThat(list(door, "/api/pictures?limit=3")).hasSize(3);
            assertThat(list(door, "/api/pictures?limit=2&camera=yard"))
                    .containsExactly("{\"id\":0,\"camera\":\"yard\"}", "{\"id\":10,\"camera\":\"yard\"}");
            for (String limit : List.of("0", "101", "-1", "many", "99999999999")) {
                assertThat(Wire.get(door.port(), "/api/pictures?limit=" + limit).status())
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void statusIsTheModulesAndWhoLooks() throws IOException {
        try (Door door = new Door(Door.OPEN, "front")) {
            door.status.addProperty("uptimeSeconds", 7);
            assertThat(Wire.get(door.port(), "/api/status").text())
                    .isEqualTo("{\"uptimeSeconds\":7,\"web_status\":{\"viewers\":0,\"live\":{}}}");
        }
    }

    private static List<String> list(Door door, String path) throws IOException {
        List<String> texts = new ArrayList<>();
        JsonParser.parseString(Wire.get(door.port(), path).text())
                .getAsJsonArray()
                .forEach(picture -> texts.add(picture.toString()));
        return texts;
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
