package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.edgecam.camera.source.BarCode;
import io.edgecam.camera.source.Mark;
import io.edgecam.localedge.Azurite;
import io.edgecam.web.Chromium;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of the jar that ships, in a real browser, with real pictures, a real store and a twin. */
@Timeout(180)
class PageIT {
    private static final Path SHOWN = Path.of("target", "page");
    private static final String LIVE = "camera-view[name=front] canvas";

    @TempDir
    static Path folder;

    private static World world;
    private static URI page;
    private Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chromium.isThere(), "no browser at " + Chromium.PROGRAM + ": apt-get install chromium");
        assumeTrue(Azurite.find(Path.of("")).isAvailable(), "the store of this test needs Node 20");
        world = World.start(folder);
        page = URI.create("http://127.0.0.1:" + open() + "/");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    @BeforeEach
    void open(@TempDir Path profile) throws Exception {
        browser = new Chromium(profile);
        browser.show(1280, 900, "prefers-color-scheme: light");
        browser.open(page);
        browser.await("document.querySelector('" + LIVE + "').width > 600"
                + " && document.querySelector('camera-view[name=front] .veil').hidden");
    }

    @AfterEach
    void close() {
        if (browser == null) {
            return;
        }
        browser.close();
        assertThat(browser.complaints())
                .as("what the browser complains of, beside doors that are shut")
                .allMatch(complaint -> complaint.contains("status of 401"));
        assertThat(browser.requests()).allMatch(address -> URI.create(address).getPort() == page.getPort());
    }

    @Test
    void theLivePicturesMove() throws Exception {
        long first = seen().orElseThrow().frame();
        long later = first;
        while (later == first) {
            later = seen().orElseThrow().frame();
        }
        assertThat(later).isGreaterThan(first);
    }

    @Test
    void aViewerMirrorsWhatItSees() throws Exception {
        browser.evaluate("document.querySelector('camera-view[name=front] .tools button').click()");
        // the buttons lie where the code is now
        browser.evaluate("document.querySelectorAll('.tools').forEach((one) => { one.hidden = true; })");
        assertThat(BarCode.read(browser.screenshot(LIVE))).isEmpty();
        assertThat(BarCode.read(mirrored(browser.screenshot(LIVE)))).isPresent();
    }

    @Test
    void aPictureIsTakenByKeyboardKeptAndThenUploaded() throws Exception {
        JsonObject nowhere = new JsonObject();
        nowhere.add("storage", null);
        patch(nowhere);
        browser.tabTo("camera-view[name=front] .take");
        browser.press("Enter");
        browser.await("document.querySelector('taken-card [aria-live]').textContent.includes('upload follows')");
        browser.await("document.querySelector('picture-list li .pill').textContent === 'spooled'");
        browser.await("document.querySelector('picture-list li img').naturalWidth > 600");
        browser.await("document.querySelector('#faults').textContent.includes('No storage is set')");

        JsonObject somewhere = new JsonObject();
        somewhere.add("storage", world.desired().get("storage"));
        patch(somewhere);
        browser.await("document.querySelector('picture-list li .pill').textContent === 'uploaded'");
        browser.await("document.querySelector('taken-card [aria-live]').textContent.includes('Uploaded')");
        String name = browser.evaluate("document.querySelector('picture-list li .name').textContent");
        assertThat(world.container("webcam").getBlobClient(name).exists()).isTrue();
    }

    @Test
    void aWishThatIsRefusedIsShownWithItsProblems() throws Exception {
        JsonObject wrong = JsonParser.parseString("{\"cameras\": {\"front\": {\"quality\": 850}}}")
                .getAsJsonObject();
        world.camera.patchDesired(wrong);
        String row = "document.querySelector('.differences li[data-level=bad]').innerText.replace(/\\s+/g, ' ')";
        browser.await(
                row + " === 'cameras.front.quality In force 85 Asked for 850 must be a whole number from 1 to 100,"
                        + " not 850'");
        browser.await("document.querySelector('.standing').textContent.includes('is refused for one problem')");
        browser.await("document.querySelector('event-list li').textContent.includes('refused')");
        assertThat(browser.evaluate("fetch('/api/settings').then((answer) => answer.text())"))
                .contains("\"connectionString\":\"***\"")
                .doesNotContain("AccountKey");
        Files.createDirectories(SHOWN);
        browser.show(1280, 2000, "prefers-color-scheme: light");
        Files.write(
                SHOWN.resolve("settings-refused.png"), browser.screenshot("section[aria-labelledby=settings-title]"));
        JsonObject right = JsonParser.parseString("{\"cameras\": {\"front\": {\"quality\": null}}}")
                .getAsJsonObject();
        patch(right);
        browser.await("!document.querySelector('.differences')"
                + " && document.querySelector('.standing').textContent.startsWith('In force as the twin asks')");
    }

    @Test
    void aCameraThatIsLostIsShownSinceWhenUntilItIsBack(@TempDir Path own) throws Exception {
        int port = freePort();
        String view = "document.querySelector('camera-view[name=far]')";
        String shown = view + ".querySelector('.veil').hidden && " + view + ".querySelector('canvas').width === 320";
        try (Program served = serve(own, port)) {
            patch(JsonParser.parseString("""
                            {"cameras": {"far": {"source": "http://127.0.0.1:%d/stream.mjpeg", "readTimeoutSeconds": 2,
                                                 "warmUpSeconds": 0, "stamp": {"place": "none"}}}}
                            """.formatted(port)).getAsJsonObject());
            browser.await(shown);
            assertThat(still("far").statusCode()).as(served.said()).isEqualTo(200);
        }
        browser.await(view + ".querySelector('.veil:not([hidden])').textContent.match(/Lost since [0-9]/)");
        browser.await(view + ".querySelector('.state').textContent === 'lost'");
        HttpResponse<String> none = still("far");
        assertThat(none.statusCode()).isEqualTo(503);
        assertThat(none.body()).contains("CameraLost", "far gave no picture");
        try (Program again = serve(own, port)) {
            browser.await(shown);
            browser.await(view + ".querySelector('.state').textContent === 'live'");
            assertThat(still("far").statusCode()).as(again.said()).isEqualTo(200);
            patch(JsonParser.parseString("{\"cameras\": {\"far\": null}}").getAsJsonObject());
            browser.await("!" + view);
        }
    }

    @Test
    void whoeverHasTheTokenOfTheTwinSignsIn() throws Exception {
        String token = "a-token-of-more-than-16";
        browser.open(URI.create("about:blank"));
        patch(JsonParser.parseString("{\"web\": {\"token\": \"" + token + "\"}}")
                .getAsJsonObject());
        try {
            browser.open(page);
            browser.await("document.querySelector('form button:enabled')");
            assertThat(still("front").statusCode()).isEqualTo(401);
            signInWith("a-token-of-somebody-else");
            browser.await("document.querySelector('#result').textContent.includes('not the token')");
            signInWith(token);
            browser.await("document.querySelector('" + LIVE + "').width > 600"
                    + " && document.querySelector('camera-view[name=front] .veil').hidden");
            assertThat(browser.evaluate("document.cookie"))
                    .as("no script sees the cookie")
                    .isEmpty();
            browser.open(URI.create("about:blank"));
        } finally {
            patch(JsonParser.parseString("{\"web\": {\"token\": null}}").getAsJsonObject());
        }
    }

    /** The README's pictures: written to target/page, and copied to docs/images by whoever wants new ones. */
    @Test
    void thePicturesOfTheReadme() throws Exception {
        browser.await("document.querySelector('camera-view[name=yard] .veil').hidden");
        for (String camera : new String[] {"yard", "front"}) {
            browser.evaluate("document.querySelector('camera-view[name=" + camera + "] .take').click()");
            browser.await("document.querySelector('taken-card').textContent.includes('Picture of " + camera + "')"
                    + " && document.querySelector('taken-card').textContent.includes('Uploaded')");
        }
        browser.await("[...document.querySelectorAll('picture-list img')].every((one) => one.naturalWidth > 0)");
        browser.evaluate("document.activeElement.blur();"
                + "Promise.all(document.getAnimations().map((one) => one.finished)).then(() => '')");
        Files.createDirectories(SHOWN);
        Files.write(SHOWN.resolve("page.png"), browser.screenshot());
        browser.show(1280, 900, "prefers-color-scheme: dark");
        Files.write(SHOWN.resolve("page-dark.png"), browser.screenshot());
        browser.evaluate("document.querySelector('taken-card button').click()");
        browser.show(390, 844, "prefers-color-scheme: dark");
        Files.write(SHOWN.resolve("phone.png"), browser.screenshot());
        String name = browser.evaluate("[...document.querySelectorAll('picture-list .name')]"
                + ".map((one) => one.textContent).find((one) => one.startsWith('front/'))");
        Files.write(
                SHOWN.resolve("picture.jpg"),
                world.container("webcam").getBlobClient(name).downloadContent().toBytes());
        for (String shown : new String[] {"page.png", "phone.png", "picture.jpg"}) {
            assertThat(SHOWN.resolve(shown))
                    .satisfies(file -> assertThat(Files.size(file))
                            .as("bytes that everybody loads who opens the README")
                            .isBetween(10_000L, 300_000L));
        }
    }

    /** Opens the page by the twin, with a second camera; its port. */
    private static int open() throws IOException {
        int port = freePort();
        JsonObject wish = JsonParser.parseString("""
                        {"web": {"enabled": true, "port": %d},
                         "cameras": {
                           "front": {"width": 1280, "height": 720, "framerate": 10, "stamp": {"title": "Greenhouse"}},
                           "yard": {"source": "test:", "width": 640, "height": 480, "framerate": 10, "warmUpSeconds": 0,
                                    "stamp": {"place": "overlay"}}}}
                        """.formatted(port)).getAsJsonObject();
        patch(wish);
        return port;
    }

    /** Another edgecam, whose stream is the network camera of this one. */
    private static Program serve(Path folder, int port) throws IOException {
        Path settings = folder.resolve("settings.json");
        Files.writeString(settings, """
                {"cameras": {"any": {"source": "test:", "width": 320, "height": 240, "framerate": 10, "warmUpSeconds": 0}},
                 "spool": {"folder": "%s"}, "web": {"port": %d}, "metrics": {"enabled": false}}
                """.formatted(folder.resolve("spool"), port));
        Program served = Program.start(
                Path.of("target", "edgecam.jar"), Map.of(), List.of("-Xmx96m"), "--settings", settings.toString());
        served.awaitReady();
        return served;
    }

    private static HttpResponse<String> still(String camera) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(page.resolve("/image.jpg?camera=" + camera))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private void signInWith(String token) throws Exception {
        browser.evaluate("document.querySelector('#token').value = '" + token + "';"
                + "document.querySelector('form').requestSubmit(); ''");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static void patch(JsonObject wish) {
        world.camera.patchDesired(wish);
        world.awaitSettings();
    }

    /** What the bar code says that is on the screen by now. */
    private Optional<Mark> seen() throws Exception {
        return BarCode.read(browser.screenshot(LIVE));
    }

    private static byte[] mirrored(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        BufferedImage turned = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = turned.createGraphics();
        brush.drawImage(image, image.getWidth(), 0, -image.getWidth(), image.getHeight(), null);
        brush.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(turned, "png", out);
        return out.toByteArray();
    }
}
