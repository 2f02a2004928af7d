package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.settings.Secret;
import io.edgecam.settings.WebSettings;
import io.edgecam.web.Wire.Reading;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what everyone else is told. */
@Timeout(60)
class EntranceTest {
    private static Door door;
    private Door guarded;

    @BeforeAll
    static void open() throws IOException {
        door = new Door(new WebSettings(true, 0, Secret.NONE, false, List.of("Cam.Example:8443"), 4, 50), "front");
    }

    @BeforeEach
    void guard() throws IOException {
        guarded = new Door(Door.withToken("right horse"), "front");
    }

    @AfterEach
    void closeGuarded() {
        guarded.close();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/page.css",
                "/page.js",
                "/icon.svg",
                "/api/status",
                "/image.jpg",
                "/nothing/here",
                "/stream.mjpeg"
            })
    void everyAnswerForbidsWhatAPageHereNeverNeeds(String path) throws IOException {
        try (Wire wire = new Wire(door.port())) {
            Reading head = wire.send(Wire.head("GET " + path)).readHead();
            assertThat(head.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(head.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(head.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(head.header("Cache-Control")).isEqualTo("no-store");
            assertThat(head.header("Content-Security-Policy"))
                    .contains(
                            "default-src 'none'",
                            "img-src 'self'",
                            "script-src 'self'",
                            "style-src 'self'",
                            "connect-src 'self'",
                            "form-action 'self'",
                            "frame-ancestors 'none'",
                            "base-uri 'none'");
            assertThat(head.headers()).doesNotContainKey("server");
        }
    }

    @Test
    void pageAndItsFilesComeWithTheirTypes() throws IOException {
        assertThat(Wire.get(door.port(), "/").header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(Wire.get(door.port(), "/page.css").header("Content-Type")).isEqualTo("text/css; charset=utf-8");
        assertThat(Wire.get(door.port(), "/icon.svg").header("Content-Type")).isEqualTo("image/svg+xml");
        Reading script = Wire.get(door.port(), "/camera-view.js");
        assertThat(script.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(script.text()).contains("customElements.define");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing/here",
                "/page.html",
                "/WebServer.class",
                "/../page.css",
                "/%2e%2e/page.css",
                "/api",
                "/api/",
                "/image.jpg/",
                "//"
            })
    void whatIsNotOnTheListIsNotThere(String path) throws IOException {
        Reading answer = Wire.get(door.port(), path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo("NotFound");
        assertThat(answer.error().has("details")).isTrue();
    }

    @Test
    void saysWhichMethodsAPathTakes() throws IOException {
        Reading answer = Wire.ask(door.port(), Wire.head("DELETE /api/pictures"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST");
        assertThat(answer.errorCode()).isEqualTo("MethodNotAllowed");
        assertThat(Wire.post(door.port(), "/image.jpg", "").header("Allow")).isEqualTo("GET, HEAD");
        assertThat(Wire.get(door.port(), "/signin").header("Allow")).isEqualTo("POST");
        assertThat(Wire.ask(door.port(), Wire.head("OPTIONS /postimage")).header("Allow"))
                .isEqualTo("GET, POST");
    }

    @Test
    void headIsGetWithoutTheBody() throws IOException {
        try (Wire wire = new Wire(door.port())) {
            Reading head = wire.send(Wire.head("HEAD /page.css")).readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(Integer.parseInt(head.header("Content-Length"))).isPositive();
            Reading next = wire.send(Wire.head("GET /healthz")).read();
            assertThat(next.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:80",
                "127.0.0.1",
                "127.0.0.1:1337",
                "[::1]",
                "[::1]:1337",
                "192.168.7.9:1337",
                "cam.example",
                "CAM.example.:443"
            })
    void answersToItsNamesAndToAddresses(String host) throws IOException {
        assertThat(Wire.ask(door.port(), "GET /healthz HTTP/1.1", "Host: " + host)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "cam.example.evil"})
    void doesNotAnswerToNamesThatOthersMayPointAtIt(String host) throws IOException {
        Reading answer = Wire.ask(door.port(), "GET /api/status HTTP/1.1", "Host: " + host + ":1337");
        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.errorCode()).isEqualTo("WrongHost");
        assertThat(answer.errorMessage()).contains(host).contains("web.allowedHosts");
    }

    @Test
    void needsOneHostAndOnlyOne() throws IOException {
        assertThat(Wire.ask(door.port(), "GET /healthz HTTP/1.1", "Accept: */*").status())
                .isEqualTo(400);
        assertThat(Wire.ask(door.port(), "GET /healthz HTTP/1.1", "Host: localhost", "Host: evil.example")
                        .status())
                .isEqualTo(400);
        assertThat(Wire.ask(door.port(), "GET /healthz HTTP/1.1", "Host: a b").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://localhost:1",
                "Origin: not a page",
                "Referer: https://evil.example/page"
            })
    void pagesOfOtherSitesCannotTakePictures(String header) throws IOException {
        for (Reading answer : List.of(
                Wire.post(door.port(), "/api/pictures", "", header),
                Wire.post(door.port(), "/postimage", "", header),
                Wire.get(door.port(), "/postimage", header),
                Wire.post(door.port(), "/signin", "token=x", header))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.errorCode()).isEqualTo("CrossSite");
        }
        assertThat(door.orders).isEmpty();
    }

    @Test
    void aBrowserThatDoesNotSayWhichPageAsksCannotTakePicturesByAddress() throws IOException {
        String browser = "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
        Reading unknown = Wire.get(door.port(), "/postimage", browser);
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(unknown.errorCode()).isEqualTo("CrossSite");
        assertThat(door.orders).isEmpty();

        for (String sign : List.of("Sec-Fetch-Site: none", "Referer: http://localhost/")) {
            assertThat(Wire.get(door.port(), "/postimage", browser, sign).status())
                    .isEqualTo(200);
        }
        assertThat(Wire.get(door.port(), "/postimage", "User-Agent: curl/8.0").status())
                .isEqualTo(200);
        String token = "Authorization: Bearer right horse";
        assertThat(Wire.get(guarded.port(), "/postimage", browser, token).status())
                .isEqualTo(200);
        door.orders.clear();
        guarded.orders.clear();
    }

    /** A route that is added is looked at here without anybody thinking of it. */
    @Test
    void everyRouteThereIsKeepsTheRules() throws IOException {
        for (Map.Entry<String, Route> one : guarded.server().routes().entrySet()) {
            String path = one.getKey();
            Route route = one.getValue();
            for (HttpString method :
                    Stream.concat(route.looks().stream(), route.acts().stream()).toList()) {
                String request = method + " " + path;
                assertSafe(request, head(guarded, request));
                assertThat(head(guarded, request, "Host: evil.example").status())
                        .as(request)
                        .isEqualTo(400);
                try (Wire wire = new Wire(guarded.port())) {
                    assertThat(wire.send(request + " HTTP/1.1", "Host: evil.example")
                                    .readHead()
                                    .status())
                            .as(request)
                            .isEqualTo(421);
                }
                if (!route.open()) {
                    assertThat(head(guarded, request).status()).as(request).isEqualTo(401);
                }
                if (route.acts().contains(method)) {
                    String foreign = "Sec-Fetch-Site: cross-site";
                    assertThat(head(door, request, foreign, "Content-Length: 0").status())
                            .as(request)
                            .isEqualTo(403);
                }
            }
            Reading wrongMethod = head(guarded, "DELETE " + path);
            assertSafe(path, wrongMethod);
            assertThat(wrongMethod.status()).as(path).isEqualTo(405);
        }
        assertThat(guarded.orders).isEmpty();
        assertThat(door.orders).isEmpty();
    }

    private static Reading head(Door at, String request, String... headers) throws IOException {
        try (Wire wire = new Wire(at.port())) {
            return wire.send(Wire.head(request, headers)).readHead();
        }
    }

    private static void assertSafe(String request, Reading answer) {
        assertThat(answer.header("X-Content-Type-Options")).as(request).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).as(request).isEqualTo("DENY");
        assertThat(answer.header("Cache-Control")).as(request).isEqualTo("no-store");
        assertThat(answer.header("Content-Security-Policy")).as(request).contains("frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Origin: http://localhost", "Accept: */*"
            })
    void itsOwnPageAndProgramsCan(String header) throws IOException, InterruptedException {
        assertThat(Wire.post(door.port(), "/api/pictures", "", header).status()).isEqualTo(200);
        door.orders.take();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/status", "/api/pictures", "/image.jpg", "/stream.mjpeg", "/video_feed", "/postimage"})
    void withATokenNothingIsShownWithoutIt(String path) throws IOException {
        for (String header : List.of(
                "Accept: */*",
                "Authorization: Bearer wrong horse",
                "Authorization: Bearer ",
                "Authorization: right horse",
                "Authorization: Basic right horse",
                "Cookie: edgecam_0=right horse",
                "Cookie: edgecam_0=9999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
            Reading answer = Wire.get(guarded.port(), path, header);
            assertThat(answer.status()).as(header).isEqualTo(401);
            assertThat(answer.errorCode()).isEqualTo("Unauthorized");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(answer.text()).doesNotContain("right horse");
        }
        assertThat(guarded.orders).isEmpty();
    }

    @Test
    void theTokenOpensEverything() throws IOException {
        String token = "Authorization: bearer right horse";
        assertThat(Wire.get(guarded.port(), "/api/status", token).status()).isEqualTo(200);
        assertThat(Wire.get(guarded.port(), "/image.jpg", token).status()).isEqualTo(200);
        assertThat(Wire.get(guarded.port(), "/", token).text()).contains("Recent pictures");
    }

    @Test
    void theSignInGivesACookieThatOpensEverythingAndSaysNothing() throws IOException {
        Reading answer = Wire.post(guarded.port(), "/signin", "token=right+horse");
        assertThat(answer.status()).isEqualTo(204);
        String cookie = answer.header("Set-Cookie");
        assertThat(cookie)
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
                .doesNotContain("horse");
        String pair = cookie.substring(0, cookie.indexOf(';'));
        assertThat(Wire.get(guarded.port(), "/api/status", "Cookie: other=1; " + pair)
                        .status())
                .isEqualTo(200);
        String longer = pair.replaceFirst("=[0-9]", "=9");
        assertThat(Wire.get(guarded.port(), "/api/status", "Cookie: " + longer).status())
                .isEqualTo(401);
    }

    @Test
    void theWrongTokenGivesNoCookie() throws IOException {
        Reading wrong = Wire.post(guarded.port(), "/signin", "token=wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.headers()).doesNotContainKey("set-cookie");
        assertThat(Wire.post(guarded.port(), "/signin", "token=%zz").status()).isEqualTo(400);
        assertThat(Wire.post(guarded.port(), "/signin", "").status()).isEqualTo(400);
    }

    @Test
    void withoutTheTokenThePageIsTheSignIn() throws IOException {
        Reading page = Wire.get(guarded.port(), "/");
        assertThat(page.status()).isEqualTo(401);
        assertThat(page.text()).contains("action=\"/signin\"").doesNotContain("right horse");
        assertThat(Wire.get(guarded.port(), "/sign-in.js").status()).isEqualTo(200);
    }

    @Test
    void probesNeedNoToken() throws IOException {
        assertThat(Wire.get(guarded.port(), "/healthz").text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(Wire.get(guarded.port(), "/readyz").status()).isEqualTo(200);
        guarded.notReady.add("the desired properties have not come yet");
        guarded.unhealthy.add("camera front hangs in its driver");
        Reading unready = Wire.get(guarded.port(), "/readyz");
        assertThat(unready.status()).isEqualTo(503);
        assertThat(unready.errorCode()).isEqualTo("NotReady");
        assertThat(unready.errorMessage()).isEqualTo("the desired properties have not come yet");
        Reading unhealthy = Wire.get(guarded.port(), "/healthz");
        assertThat(unhealthy.status()).isEqualTo(503);
        assertThat(unhealthy.text()).contains("camera front hangs in its driver");
        guarded.notReady.clear();
        guarded.unhealthy.clear();
    }
}
