package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.contract.Answer;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.localedge.NodeScripts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, over a real WebSocket; what it is told about the rest of the module is played. */
@Timeout(120)
class PageTest {
    private static final String LIGHT = "prefers-color-scheme: light";
    private static final String DARK = "prefers-color-scheme: dark";

    private static final String TAKEN = """
            {"state": "taken", "version": 7, "versionInForce": 7, "notYet": [], "asked": {"web": {"token": "***"}},
             "inForce": {"web": {"port": 1337, "token": "***"}, "cameras": {}}}""";
    private static final String REFUSED = """
            {"state": "refused", "version": 8, "versionInForce": 7,
             "asked": {"web": {"prot": 80, "token": "***"}},
             "inForce": {"web": {"port": 1337, "token": "***"}, "cameras": {}},
             "differences": [
               {"path": "web.prot", "asked": 80, "problems": ["is not known here; is port meant?"]},
               {"path": "web.token", "inForce": "***", "asked": "***", "problems": ["must be 16 to 256 letters"]},
               {"path": "web.port", "inForce": 1337, "problems": []},
               {"path": "cameras.yard", "inForce": {"width": 640, "height": 480}, "problems": []}]}""";

    @TempDir
    Path folder;

    private Chromium browser;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Chromium.isThere(), "no browser at " + Chromium.PROGRAM + ": apt-get install chromium");
        browser = new Chromium(folder.resolve("profile"));
        browser.show(1200, 900, LIGHT);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void showsEveryCameraAndAsksNobodyElseForAnything() throws Exception {
        try (Door door = door("front", "yard")) {
            browser.open(door.server().url());
            awaitPicture("front");
            awaitPicture("yard");
            browser.await(text("camera-view[name=front] .facts") + ".match(/[0-9]\\/s · [0-9.]+ s old/)");
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests())
                    .isNotEmpty()
                    .allMatch(address -> address.matches("(http|ws)://127\\.0\\.0\\.1:" + door.port() + "/.*"));
        }
    }

    @Test
    void takesAPictureByKeyboardAndSeesItArrive() throws Exception {
        try (Door door = door("front")) {
            door.takes(order -> {
                door.pictures.add(picture("2", "spooled"));
                return taken(picture("2", "spooled"));
            });
            browser.open(door.server().url());
            awaitPicture("front");
            browser.tabTo("camera-view .take");
            browser.press(" ");
            browser.await(text("taken-card [aria-live=polite]") + ".includes('upload follows')");
            assertThat(browser.evaluate(text("taken-card"))).contains("front/2.jpg", "160 × 120", "spool 2 ms");
            assertThat(browser.evaluate("document.querySelector('taken-card a').href"))
                    .isEqualTo("https://example.org/webcam/front.jpg");
            assertThat(door.orders.take().get("camera").getAsString()).isEqualTo("front");
            browser.await(text("picture-list [data-id=\"2\"] .pill") + " === 'spooled'");
            assertThat(browser.evaluate("document.activeElement.className"))
                    .as("the button keeps the focus")
                    .isEqualTo("take");

            door.pictures.set(door.pictures.size() - 1, picture("2", "uploaded"));
            browser.await(text("picture-list [data-id=\"2\"] .pill") + " === 'uploaded'");
            browser.await(text("taken-card [aria-live=polite]") + ".includes('Uploaded')");
        }
    }

    @Test
    void saysWhyThereIsNoPicture() throws Exception {
        try (Door door = door("front")) {
            door.takes(order -> new Answer(507, error("SpoolFull", "the spool is full <b>(256 MB)</b>")));
            browser.open(door.server().url());
            awaitPicture("front");
            browser.evaluate("document.querySelector('camera-view .take').click()");
            browser.await(text("taken-card [aria-live=polite]") + ".includes('the spool is full <b>(256 MB)</b>')");
        }
    }

    @Test
    void saysSinceWhenACameraIsLostUntilItIsBack() throws Exception {
        try (Door door = door("front")) {
            browser.open(door.server().url());
            awaitPicture("front");
            door.camera("front").unplug("somebody tripped over the cable");
            browser.await(text(".veil:not([hidden])") + ".match(/Lost since .*tripped over the cable/)");
            assertThat(browser.evaluate("getComputedStyle(document.querySelector('.view canvas')).filter"))
                    .as("the old picture does not look live")
                    .contains("grayscale");
            door.camera("front").plugIn();
            browser.await("document.querySelector('.veil').hidden");
            browser.await(text("camera-view .state") + " === 'live'");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void showsOneCameraLargeAndAllAgain() throws Exception {
        try (Door door = door("front", "yard")) {
            browser.open(door.server().url());
            awaitPicture("yard");
            String before = width("yard");
            browser.tabTo("camera-view[name=yard] .enlarge");
            browser.press("Enter");
            browser.await("location.hash === '#yard' && document.querySelector('camera-view[name=front]').hidden");
            awaitPicture("yard");
            assertThat(Double.parseDouble(width("yard"))).isGreaterThan(1.2 * Double.parseDouble(before));
            awaitLooked(door, "yard");

            browser.press("ArrowRight");
            browser.await("location.hash === '#front'");
            awaitPicture("front");
            awaitLooked(door, "front");

            browser.evaluate("location.reload()");
            awaitPicture("front");
            browser.await("document.querySelector('camera-view[name=yard]').hidden");

            browser.press("Escape");
            awaitPicture("yard");
            assertThat(browser.evaluate("document.activeElement.getAttribute('href')"))
                    .isEqualTo("#front");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void keepsHowAViewerLikesToLook() throws Exception {
        try (Door door = door("front")) {
            browser.open(door.server().url());
            awaitPicture("front");
            browser.evaluate("document.querySelectorAll('.tools button').forEach((one) => one.click())");
            browser.evaluate("document.querySelector('#stamp').click()");
            browser.evaluate("location.reload()");
            awaitPicture("front");
            assertThat(browser.evaluate("getComputedStyle(document.querySelector('.view canvas')).transform"))
                    .isEqualTo("matrix(-1, 0, 0, -1, 0, 0)");
            browser.await("document.querySelector('#stamp').ariaPressed === 'false'");
            assertThat(browser.requests()).last().asString().isNotEmpty();
            assertThat(browser.requests()).anyMatch(address -> address.endsWith("/live?stamp=off"));
        }
    }

    @Test
    void showsCamerasThatComeAndGo() throws Exception {
        try (Door door = door("front")) {
            browser.open(door.server().url());
            awaitPicture("front");
            door.show("gate");
            awaitPicture("gate");
            browser.await("!document.querySelector('camera-view[name=front]')");
        }
    }

    @Test
    void pausesAndSaysSo() throws Exception {
        try (Door door = door("front")) {
            browser.open(door.server().url());
            awaitPicture("front");
            browser.evaluate("document.querySelector('#pause').click()");
            browser.await(text(".veil:not([hidden])") + ".includes('Paused at')");
            awaitViewers(door, 0);
            browser.evaluate("document.querySelector('#pause').click()");
            awaitPicture("front");
        }
    }

    @Test
    void looksAtNothingWhileNobodySeesIt() throws Exception {
        try (Door door = door("front")) {
            browser.open(door.server().url());
            awaitPicture("front");
            browser.evaluate("Object.defineProperty(document, 'hidden', {configurable: true, get: () => true});"
                    + "document.dispatchEvent(new Event('visibilitychange')); ''");
            awaitViewers(door, 0);
            browser.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); ''");
            awaitPicture("front");
        }
    }

    @Test
    void tellsWhatHappensAsItHappens() throws Exception {
        try (Door door = door("front")) {
            door.recent.add(
                    Event.ofCamera(EventType.CAMERA_LOST, Instant.now(), "front", Map.of("reason", "a <cable>")));
            browser.open(door.server().url());
            browser.await(text("event-list") + ".includes('Camera front lost') && " + text("event-list")
                    + ".includes('a <cable>')");
            awaitPicture("front");
            door.recent.add(Event.ofCamera(EventType.CAMERA_FOUND, Instant.now(), "front", Map.of()));
            browser.await(text("event-list li:first-child") + ".includes('Camera front is back')");
        }
    }

    @Test
    void setsTheWishBesideWhatIsInForceUntilItIsMended() throws Exception {
        try (Door door = door("front")) {
            wish(door, TAKEN);
            browser.open(door.server().url());
            browser.await(text(".standing") + " === 'In force as the twin asks, version 7'");
            assertThat(browser.evaluate(text("settings-view"))).isEqualTo("In force as the twin asks, version 7");

            wish(door, REFUSED);
            browser.await(text(".standing") + " === 'Version 8 is refused for 2 problems; version 7 stays in force'");
            assertThat(browser.evaluate("[...document.querySelectorAll('.differences > li')]"
                            + ".map((one) => one.innerText.replace(/\\s+/g, ' ')).join('\\n')"))
                    .isEqualTo("""
                            web.prot In force not there Asked for 80 is not known here; is port meant?
                            web.token In force hidden Asked for hidden must be 16 to 256 letters
                            web.port In force 1337 Asked for left out Right, but not taken up: a document with a mistake changes nothing.
                            cameras.yard In force 2 settings Asked for left out Right, but not taken up: a document with a mistake changes nothing.""");
            assertThat(browser.evaluate("document.querySelector('.standing').getAttribute('role')"))
                    .as("a screen reader hears of it")
                    .isEqualTo("status");
            assertAccessible();
            browser.show(320, 700, LIGHT);
            assertAccessible();
            assertThat(browser.evaluate("String(document.documentElement.scrollWidth)"))
                    .as("nothing is wider than the smallest phone")
                    .isEqualTo("320");

            wish(door, TAKEN.replace("7", "9"));
            browser.await(text("settings-view") + " === 'In force as the twin asks, version 9'");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void showsEverySettingInForceToWhoeverAsks() throws Exception {
        try (Door door = door("front")) {
            wish(door, TAKEN);
            browser.open(door.server().url());
            browser.await(text(".standing") + ".includes('version 7')");
            browser.tabTo("#all-settings");
            browser.press("Enter");
            browser.tabTo("details[data-part=web] summary");
            browser.press("Enter");
            browser.await(text("details[data-part=web][open] .values") + " === 'port1337tokenhidden'");
            assertAccessible();
        }
    }

    @Test
    void saysWhatIsReadButNotActedOn() throws Exception {
        try (Door door = door("front")) {
            wish(door, TAKEN.replace("[]", "[\"cameras.front.motion\"]"));
            browser.open(door.server().url());
            browser.await(text(".remark") + ".includes('does not act on: cameras.front.motion')");
            assertAccessible();
        }
    }

    @Test
    void letsInWhoeverHasTheToken() throws Exception {
        try (Door door = new Door(Door.withToken("open sesame & more"), "front")) {
            states(door, "live", "front");
            browser.open(door.server().url());
            browser.await("document.querySelector('form button:enabled')");
            assertAccessible();
            signInWith("wrong");
            browser.await(text("#result") + ".includes('not the token')");
            signInWith("open sesame & more");
            awaitPicture("front");
        }
    }

    @Test
    void saysThatTheDeviceIsSilent() throws Exception {
        Door door = door("front");
        browser.open(door.server().url());
        awaitPicture("front");
        door.close();
        browser.await(text("#trouble:not([hidden])") + ".includes('cannot be reached')");
        browser.await(text(".veil:not([hidden])") + ".match(/No connection since|No live view/)");
    }

    @Test
    void isForEveryone() throws Exception {
        try (Door door = door("front", "yard")) {
            wish(door, REFUSED);
            door.status.add(
                    "storage_status",
                    JsonParser.parseString(
                            "{\"state\": \"blocked\", \"since\": \"2026-11-21T05:00:00.123Z\", \"error\": \"the key is refused\"}"));
            door.images.put("1", door.camera("front").picture());
            door.recent.add(Event.ofCamera(EventType.CAMERA_LOST, Instant.now(), "yard", Map.of("reason", "a cable")));
            door.camera("yard").unplug("somebody tripped over the cable");
            door.takes(order -> taken(picture("1", "uploaded")));
            browser.open(door.server().url());
            awaitPicture("front");
            browser.await(text("camera-view[name=yard] .veil") + ".includes('Lost since')");
            browser.evaluate("document.querySelector('camera-view .take').click();"
                    + "document.querySelector('#all-settings').click();"
                    + "document.querySelector('summary').click()");
            browser.await(text("taken-card") + ".includes('Uploaded')");
            assertAccessible();
            browser.show(390, 844, LIGHT);
            assertAccessible();
            assertThat(browser.evaluate("String(document.documentElement.scrollWidth)"))
                    .as("nothing is wider than a phone")
                    .isEqualTo("390");
            browser.evaluate("document.querySelector('.open').click()");
            browser.await("document.querySelector('dialog[open] .plate img').naturalWidth === 160");
            assertAccessible();
            browser.press("Escape");
            browser.evaluate("location.hash = '#front'");
            browser.await("document.body.dataset.large === 'front'");
            assertAccessible();
        }
    }

    /** In light and in dark. */
    private void assertAccessible() throws Exception {
        NodeScripts.install();
        for (String colours : new String[] {DARK, LIGHT}) {
            browser.evaluate(
                    "document.documentElement.dataset.theme = '" + (colours.equals(DARK) ? "dark" : "light") + "'; ''");
            // what moves or fades has to come to its end before colours can be judged
            browser.evaluate("Promise.all(document.getAnimations().map((one) => one.finished)).then(() => '')");
            assertThat(browser.axe()).as(colours).isEmpty();
        }
    }

    private void signInWith(String token) throws Exception {
        browser.evaluate("document.querySelector('#token').value = '" + token + "';"
                + "document.querySelector('form').requestSubmit(); ''");
    }

    private void awaitPicture(String camera) throws Exception {
        String view = "document.querySelector('camera-view[name=" + camera + "]')";
        browser.await(view + ".querySelector('canvas').width === 160 && " + view + ".querySelector('.veil').hidden && !"
                + view + ".querySelector('canvas').hidden");
    }

    private String width(String camera) throws Exception {
        return browser.evaluate(
                "String(document.querySelector('camera-view[name=" + camera + "]').getBoundingClientRect().width)");
    }

    private static String text(String selector) {
        return "document.querySelector('" + selector + "').textContent";
    }

    private static void awaitViewers(Door door, int count) throws Exception {
        int viewers = -1;
        while (viewers != count) {
            viewers = looked(door).get("viewers").getAsInt();
        }
    }

    /** Waits until this camera is looked at, and no other. */
    private static void awaitLooked(Door door, String camera) throws Exception {
        String all = "";
        while (!all.equals("[" + camera + "]")) {
            all = looked(door).getAsJsonObject("live").keySet().toString();
        }
    }

    private static JsonObject looked(Door door) throws Exception {
        return Wire.get(door.port(), "/api/status").json().getAsJsonObject("web_status");
    }

    private static Door door(String... cameras) throws Exception {
        Door door = new Door(Door.OPEN, cameras);
        states(door, "live", cameras);
        return door;
    }

    /** The module has taken up or refused a wish, as {@code /api/settings} says. */
    private static void wish(Door door, String told) {
        JsonObject settings = JsonParser.parseString(told).getAsJsonObject();
        JsonObject acknowledged = new JsonObject();
        acknowledged.add("av", settings.get("version"));
        door.settings = settings;
        door.status.add("web", acknowledged);
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
        door.pictures.add(picture("1", "uploaded"));
        door.images.put("1", PaintedCamera.noise(160, 120));
        door.images.put("2", PaintedCamera.noise(160, 120));
    }

    private static Answer taken(JsonObject picture) {
        JsonArray list = new JsonArray();
        list.add(picture);
        JsonObject body = new JsonObject();
        body.add("pictures", list);
        return new Answer(200, body);
    }

    private static JsonObject picture(String id, String state) {
        return JsonParser.parseString("""
                        {"id": "%s", "camera": "front", "capturedAt": "2026-11-21T05:00:0%s.123Z", "state": "%s",
                         "blobName": "front/%s.jpg", "url": "https://example.org/webcam/front.jpg", "bytes": 22000,
                         "width": 160, "height": 120, "trigger": "web",
                         "timingsMs": {"frame": 12.1, "develop": 8, "spool": 2, "upload": 790, "total": 812.1}}""".formatted(id, id, state, id)).getAsJsonObject();
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
