package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.edgecam.settings.Secret;
import io.edgecam.settings.WebSettings;
import io.edgecam.web.Wire.Reading;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Opening and closing the door. */
@Timeout(60)
class WebServerTest {
    @Test
    void withoutATokenItIsOpenToThisMachineOnly() throws IOException {
        InetAddress outside = outside();
        try (Door door = new Door(Door.OPEN, "front")) {
            assertThatThrownBy(() -> new Socket(outside, door.port()).close()).isInstanceOf(ConnectException.class);
            assertThat(door.server().url()).hasToString("http://127.0.0.1:" + door.port() + "/");
        }
    }

    @Test
    void withATokenOrForEveryoneItIsOpenToOthers() throws IOException {
        InetAddress outside = outside();
        WebSettings anonymous = new WebSettings(true, 0, Secret.NONE, true, List.of(), 4, 50);
        for (WebSettings settings : List.of(Door.withToken("secret"), anonymous)) {
            try (Door door = new Door(settings, "front");
                    Wire wire = new Wire(new Socket(outside, door.port()))) {
                Reading answer = wire.send(
                                "GET /healthz HTTP/1.1", "Host: " + outside.getHostAddress() + ":" + door.port())
                        .read();
                assertThat(answer.status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aPortThatIsTakenIsNamedWithAWayOut() throws IOException {
        try (Door door = new Door(Door.OPEN, "front")) {
            WebSettings same = new WebSettings(true, door.port(), Secret.NONE, false, List.of(), 4, 50);
            assertThatThrownBy(() -> new Door(same, "front").close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + door.port())
                    .hasMessageContaining("web.port");
        }
    }

    @Test
    void thePortIsFreeAgainAtOnce() throws IOException {
        int port;
        try (Door door = new Door(Door.OPEN, "front")) {
            port = door.port();
            assertThat(Wire.get(port, "/healthz").status()).isEqualTo(200);
        }
        try (Door again = new Door(new WebSettings(true, port, Secret.NONE, false, List.of(), 4, 50), "front")) {
            assertThat(Wire.get(again.port(), "/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void closingInterruptsOrdersThatWait() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Door door = new Door(Door.OPEN, "front");
                Wire wire = new Wire(door.port())) {
            door.takes(order -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                throw new IllegalStateException("stopped");
            });
            wire.send(Wire.head("POST /api/pictures", "Content-Length: 0"));
            begun.await();
            door.server().close();
            interrupted.await();
        }
    }

    @Test
    void closingWhileRequestsArriveIsNoError() throws Exception {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        said.start();
        all.addAppender(said);
        try {
            for (int round = 0; round < 20; round++) {
                closeAmongRequests();
            }
        } finally {
            all.detachAppender(said);
        }
        assertThat(List.copyOf(said.list))
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    private static void closeAmongRequests() throws Exception {
        try (Door door = new Door(Door.OPEN, "front")) {
            List<Thread> callers = new ArrayList<>();
            CountDownLatch answered = new CountDownLatch(4);
            for (String path : List.of("/healthz", "/nothing", "/api/events", "/icon.svg")) {
                Thread caller = new Thread(() -> callUntilClosed(door.port(), path, answered), "caller");
                caller.start();
                callers.add(caller);
            }
            answered.await();
            door.server().close();
            for (Thread caller : callers) {
                caller.join();
            }
        }
    }

    private static void callUntilClosed(int port, String path, CountDownLatch answered) {
        try (Wire wire = new Wire(port)) {
            while (true) {
                wire.send(Wire.head("GET " + path)).read();
                answered.countDown();
            }
        } catch (IOException closed) {
            answered.countDown();
        }
    }

    private static InetAddress outside() throws SocketException {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .filter(each -> !each.isLoopbackAddress())
                .findFirst();
        Assumptions.assumeTrue(address.isPresent(), "this machine has no address but loopback");
        return address.get();
    }
}
