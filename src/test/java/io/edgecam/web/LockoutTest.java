package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.metrics.WebFigures;
import io.edgecam.web.Wire.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten wrong tokens within a minute, and nothing that comes from there is looked at for a minute. */
@Timeout(60)
class LockoutTest {
    private static final String TOKEN = "a-token-of-more-than-16";

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Lockout lockout = new Lockout(nanos::get, new WebFigures());

    @ParameterizedTest
    @ValueSource(strings = {"header", "cookie", "form"})
    void tenWrongOnesOfEachKindLockAnAddressOut(String kind) throws IOException {
        try (Door door = new Door(Door.withToken(TOKEN), "front")) {
            for (int i = 0; i < Lockout.WRONG_ONES; i++) {
                assertThat(wrong(door, kind, i).status()).isEqualTo(401);
            }

            Reading refused = wrong(door, kind, 99);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.errorCode()).isEqualTo("TooManyTries");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 61);
            assertThat(Wire.get(door.port(), "/api/status", "Authorization: Bearer " + TOKEN)
                            .status())
                    .isEqualTo(429);
            assertThat(Wire.get(door.port(), "/", "Authorization: Bearer " + TOKEN)
                            .status())
                    .isEqualTo(429);
            assertThat(Wire.post(door.port(), "/signin", "token=" + TOKEN).status())
                    .isEqualTo(429);
        }
    }

    @Test
    void anotherAddressAndProbesAndTheFormItselfAreNotLockedOut() throws IOException {
        try (Door door = new Door(Door.withToken(TOKEN), "front")) {
            for (int i = 0; i <= Lockout.WRONG_ONES; i++) {
                wrong(door, "header", i);
            }

            assertThat(from("127.0.0.9", door, "/api/status", "Authorization: Bearer " + TOKEN)
                            .status())
                    .isEqualTo(200);
            assertThat(Wire.get(door.port(), "/healthz", "Authorization: Bearer wrong")
                            .status())
                    .isEqualTo(200);
            assertThat(Wire.get(door.port(), "/readyz").status()).isEqualTo(200);
            assertThat(Wire.get(door.port(), "/page.css").status()).isEqualTo(200);
            Reading form = Wire.get(door.port(), "/");
            assertThat(form.status()).isEqualTo(401);
            assertThat(form.header("Content-Type")).startsWith("text/html");
        }
    }

    @Test
    void anOldCookieThatABrowserKeepsShowingIsOneWrongOne() throws IOException {
        try (Door door = new Door(Door.withToken(TOKEN), "front")) {
            for (int i = 0; i < 3 * Lockout.WRONG_ONES; i++) {
                assertThat(Wire.get(door.port(), "/api/status", "Cookie: edgecam_0=99999999999." + "x".repeat(43))
                                .status())
                        .isEqualTo(401);
            }
            assertThat(Wire.get(door.port(), "/api/status", "Authorization: Bearer " + TOKEN)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void itEndsAfterAMinute() throws Exception {
        InetAddress address = InetAddress.getByName("192.0.2.1");
        wrong(address, Lockout.WRONG_ONES);
        assertThatThrownBy(() -> lockout.check(address)).isInstanceOf(RefusedException.class);

        pass(Lockout.WINDOW.minusNanos(1));
        assertThatThrownBy(() -> lockout.check(address)).isInstanceOf(RefusedException.class);
        pass(Duration.ofNanos(1));

        lockout.check(address);
        wrong(address, Lockout.WRONG_ONES - 1);
        lockout.check(address);
    }

    @Test
    void wrongOnesOfMoreThanAMinuteAgoDoNotCount() throws Exception {
        InetAddress address = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 100; i++) {
            pass(Lockout.WINDOW.dividedBy(Lockout.WRONG_ONES - 1).plusNanos(1));
            lockout.wrong(address);
            lockout.check(address);
        }
        wrong(address, 1);
        assertThatThrownBy(() -> lockout.check(address)).isInstanceOf(RefusedException.class);
    }

    @Test
    void anIpv6AddressIsTheNetworkOfAHousehold() throws Exception {
        for (int i = 0; i < Lockout.WRONG_ONES; i++) {
            lockout.wrong(InetAddress.getByName("2001:db8:0:7::" + i));
        }
        assertThatThrownBy(() -> lockout.check(InetAddress.getByName("2001:db8:0:7:9:9:9:9")))
                .isInstanceOf(RefusedException.class);
        lockout.check(InetAddress.getByName("2001:db8:0:8::1"));
        wrong(InetAddress.getByName("::ffff:192.0.2.1"), Lockout.WRONG_ONES);
        assertThatThrownBy(() -> lockout.check(InetAddress.getByName("192.0.2.1")))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void ofManyAddressesThoseThatWereWrongLongestAgoAreForgotten() throws Exception {
        InetAddress first = InetAddress.getByName("192.0.2.1");
        InetAddress second = InetAddress.getByName("192.0.2.2");
        wrong(first, Lockout.WRONG_ONES);
        wrong(second, Lockout.WRONG_ONES);
        for (int i = 0; i < Lockout.ADDRESSES - 1; i++) {
            lockout.wrong(InetAddress.getByName("10.0." + i / 256 + "." + i % 256));
        }
        lockout.check(first);
        assertThatThrownBy(() -> lockout.check(second)).isInstanceOf(RefusedException.class);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void wrong(InetAddress address, int times) {
        for (int i = 0; i < times; i++) {
            lockout.wrong(address);
        }
    }

    private static Reading wrong(Door door, String kind, int number) throws IOException {
        return switch (kind) {
            case "header" -> Wire.get(door.port(), "/api/status", "Authorization: Bearer guess-" + number);
            case "cookie" -> Wire.get(door.port(), "/api/status", "Cookie: edgecam_0=guess" + number);
            default -> Wire.post(door.port(), "/signin", "token=guess-" + number);
        };
    }

    private static Reading from(String address, Door door, String path, String... headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port(), InetAddress.getByName(address), 0);
        try (Wire wire = new Wire(socket)) {
            return wire.send(Wire.head("GET " + path, headers)).read();
        }
    }
}
