package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.contract.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
@Timeout(120)
class PageTest {
    private static final String FIRST_VIEW = "document.querySelector('camera-view .view img')";

    @TempDir
    Path folder;

    private Chromium browser;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Chromium.isThere(), "no browser at " + Chromium.PROGRAM + ": apt-get install chromium");
        browser = new Chromium(folder.resolve("profile"));
        browser.show(1200, 900, "light");
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void showsEveryCameraAliveWithoutAComplaint() throws Exception {
        try (Door door = new Door(Door.OPEN, "front", "yard")) {
            states(door, "live", "front", "yard");
            browser.open(door.server().url());
            browser.await(FIRST_VIEW + ".naturalWidth === 160");
            browser.await("[...document.querySelectorAll('camera-view h3')].map(h => h.textContent).join()"
                    + " === 'front,yard'");
            browser.await("document.querySelector('.facts').textContent.includes('160 × 120')");
            browser.await("document.querySelector('.facts').textContent.includes('old')");
            assertThat(browser.complaints()).isEmpty();
            keep("cameras");
        }
    }

    @Test
    void takesAPictureAndSaysWhereItWent() throws Exception {
        try (Door door = new Door(Door.OPEN, "front")) {
            states(door, "live", "front");
            door.takes(order -> taken("front/20261121T050000.123Z-web.jpg"));
            browser.open(door.server().url());
            browser.await("document.querySelector('camera-view button')");
            browser.evaluate("document.querySelector('camera-view button').click()");
            browser.await("document.querySelector('[aria-live=polite]').textContent.includes('Uploaded')");
            assertThat(browser.evaluate("document.querySelector('.report a').href"))
                    .isEqualTo("https://example.org/webcam/front.jpg");
            assertThat(browser.evaluate("document.querySelector('.report').textContent"))
                    .contains("front/20261121T050000.123Z-web.jpg", "160 × 120", "812 ms", "upload 790 ms");
            assertThat(door.orders.take().get("camera").getAsString()).isEqualTo("front");
            browser.await("document.querySelector('.pictures td[data-label=Name]').textContent.includes('front/')");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void saysWhyThereIsNoPicture() throws Exception {
        try (Door door = new Door(Door.OPEN, "front")) {
            states(door, "live", "front");
            door.takes(order -> new Answer(507, error("SpoolFull", "the spool is full <b>(256 MB)</b>")));
            browser.open(door.server().url());
            browser.await("document.querySelector('camera-view button')");
            browser.evaluate("document.querySelector('camera-view button').click()");
            browser.await(
                    "document.querySelector('.result').textContent.includes('the spool is full <b>(256 MB)</b>')");
        }
    }

    @Test
    void saysSinceWhenAndWhyACameraIsLost() throws Exception {
        try (Door door = new Door(Door.OPEN, "front")) {
            door.camera("front").unplug("somebody tripped over the cable");
            states(door, "lost", "front");
            door.status
                    .getAsJsonObject("cameras_status")
                    .getAsJsonObject("front")
                    .addProperty("error", "somebody tripped over the cable");
            browser.open(door.server().url());
            browser.await("document.querySelector('.veil').textContent.includes('Lost since')");
            browser.await("document.querySelector('.veil').textContent.includes('tripped over the cable')");
            browser.show(390, 844, "dark");
            keep("lost-on-a-phone");
        }
    }

    @Test
    void manyCamerasComeAsStillPictures() throws Exception {
        try (Door door = new Door(Door.OPEN, "a", "b", "c", "d", "e")) {
            states(door, "live", "a", "b", "c", "d", "e");
            browser.open(door.server().url());
            browser.await("[...document.querySelectorAll('camera-view .view img')].length === 5");
            browser.await("[...document.querySelectorAll('camera-view .view img')].every(i => i.naturalWidth === 160"
                    + " && i.src.includes('/image.jpg?camera='))");
        }
    }

    @Test
    void looksAtNothingWhileNobodySeesIt() throws Exception {
        try (Door door = new Door(Door.OPEN, "front")) {
            states(door, "live", "front");
            browser.open(door.server().url());
            browser.await(FIRST_VIEW + ".naturalWidth === 160");
            browser.evaluate("Object.defineProperty(document, 'hidden', {get: () => true});"
                    + "document.dispatchEvent(new Event('visibilitychange')); ''");
            browser.await(FIRST_VIEW + ".naturalWidth === 0");
            awaitViewers(door, 0);
        }
    }

    @Test
    void letsInWhoeverHasTheToken() throws Exception {
        try (Door door = new Door(Door.withToken("open sesame & more"), "front")) {
            states(door, "live", "front");
            browser.open(door.server().url());
            browser.await("document.querySelector('form button:enabled')");
            signInWith("wrong");
            browser.await("document.querySelector('#result').textContent.includes('not the token')");
            signInWith("open sesame & more");
            browser.await(FIRST_VIEW + ".naturalWidth === 160");
        }
    }

    @Test
    void saysThatTheDeviceIsSilentAndGoesOnWhenItIsBack() throws Exception {
        Door door = new Door(Door.OPEN, "front");
        states(door, "live", "front");
        browser.open(door.server().url());
        browser.await(FIRST_VIEW + ".naturalWidth === 160");
        door.close();
        browser.await("document.querySelector('#trouble').textContent.includes('cannot be reached')");
    }

    private void signInWith(String token) throws Exception {
        browser.evaluate("document.querySelector('#token').value = '" + token + "';"
                + "document.querySelector('form').requestSubmit(); ''");
    }

    /** Kept beside the test reports, to be looked at. */
    private void keep(String name) throws Exception {
        Path file = Path.of("target", "page", name + ".png");
        Files.createDirectories(file.getParent());
        Files.write(file, browser.screenshot());
    }

    private static void awaitViewers(Door door, int count) throws Exception {
        int viewers = -1;
        while (viewers != count) {
            viewers = Wire.get(door.port(), "/api/status")
                    .json()
                    .getAsJsonObject("web_status")
                    .get("viewers")
                    .getAsInt();
        }
    }

    private static void states(Door door, String state, String... names) {
        JsonObject cameras = new JsonObject();
        for (String name : names) {
            JsonObject camera = new JsonObject();
            camera.addProperty("state", state);
            camera.addProperty("since", "2026-11-21T05:00:00.123Z");
            camera.addProperty("width", 160);
            camera.addProperty("height", 120);
            camera.addProperty("error", "");
            cameras.add(name, camera);
        }
        door.status.add("cameras_status", cameras);
        door.pictures.add(picture("front/20261121T045900.123Z-schedule.jpg"));
    }

    private static Answer taken(String name) {
        JsonArray list = new JsonArray();
        list.add(picture(name));
        JsonObject body = new JsonObject();
        body.add("pictures", list);
        return new Answer(200, body);
    }

    private static JsonObject picture(String name) {
        return JsonParser.parseString("""
                        {"id": "1", "camera": "front", "capturedAt": "2026-11-21T05:00:00.123Z", "state": "uploaded",
                         "blobName": "%s", "url": "https://example.org/webcam/front.jpg", "bytes": 22000,
                         "width": 160, "height": 120, "trigger": "web",
                         "timingsMs": {"frame": 12.1, "develop": 8, "spool": 2, "upload": 790, "total": 812.1}}""".formatted(name)).getAsJsonObject();
    }

    private static JsonObject error(String code, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        JsonObject body = new JsonObject();
        body.add("error", error);
        return body;
    }
}
