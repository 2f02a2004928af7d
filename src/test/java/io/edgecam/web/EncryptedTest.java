package io.edgecam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.localedge.LocalEdge;
import io.edgecam.web.Wire.Reading;
import io.edgecam.web.tls.Openssl;
import io.edgecam.web.tls.QuickTls;
import io.edgecam.web.tls.ServerTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page over TLS, with real certificates, a real runtime's API and real sockets. */
@Timeout(30)
class EncryptedTest {
    private static final String TOKEN = "a-token-of-more-than-16";

    @TempDir
    Path folder;

    private Openssl openssl;

    @BeforeEach
    void makeAPair() throws IOException {
        openssl = new Openssl(folder);
        openssl.run("ecparam -name prime256v1 -genkey -noout -out key.pem");
        openssl.certify("first.example", 30);
    }

    @Test
    void everythingGoesOverTlsAndNothingWithoutIt() throws Exception {
        try (ServerTls tls = QuickTls.of(files());
                Door door = encrypted(tls)) {
            awaitName(door, "first.example");
            String bearer = "Authorization: Bearer " + TOKEN;
            try (Wire wire = over(door)) {
                assertThat(wire.send(Wire.head("GET /healthz")).read().status()).isEqualTo(200);
                Reading picture = wire.send(Wire.head("GET /image.jpg", bearer)).read();
                assertThat(picture.bytes()).startsWith(0xFF, 0xD8, 0xFF);
            }
            try (Wire wire = over(door)) {
                wire.send(Wire.head("GET /stream.mjpeg", bearer)).readHead();
                for (int i = 0; i < 20; i++) {
                    assertThat(wire.readPart().bytes()).startsWith(0xFF, 0xD8, 0xFF);
                }
            }
            try (Wire plain = new Wire(door.port())) {
                plain.send(Wire.head("GET /healthz"));
                assertThatThrownBy(plain::readHead).isInstanceOf(Exception.class);
            }
            assertThat(door.server().url().getScheme()).isEqualTo("https");
        }
    }

    @Test
    void theCookieNeverGoesOverAnUnencryptedConnection() throws Exception {
        try (ServerTls tls = QuickTls.of(files());
                Door door = encrypted(tls)) {
            awaitName(door, "first.example");
            try (Wire wire = over(door)) {
                String form = "token=" + TOKEN;
                Reading answer = wire.send(Wire.head("POST /signin", "Content-Length: " + form.length()))
                        .text(form)
                        .read();
                assertThat(answer.header("Set-Cookie")).contains("; Secure", "; HttpOnly", "; SameSite=Strict");
            }
        }
    }

    @Test
    void aPairThatIsRenewedOnDiskTakesEffectAndConnectionsGoOn() throws Exception {
        try (ServerTls tls = QuickTls.of(files());
                Door door = encrypted(tls)) {
            awaitName(door, "first.example");
            try (Wire before = over(door)) {
                before.send(Wire.head("GET /healthz")).read();
                openssl.run("genrsa -out key.pem 2048");
                openssl.certify("second.example", 30);

                awaitName(door, "second.example");

                assertThat(before.send(Wire.head("GET /healthz")).read().status())
                        .isEqualTo(200);
            }
            assertThat(tls.status().error()).isEmpty();
        }
    }

    @Test
    void aWrongPairIsToldOfAndTheOneBeforeIsUsedOn() throws Exception {
        try (ServerTls tls = QuickTls.of(files());
                Door door = encrypted(tls)) {
            awaitName(door, "first.example");
            openssl.run("ecparam -name prime256v1 -genkey -noout -out key.pem");

            awaitError(tls, "is not that of the first certificate");
            assertThat(name(door)).isEqualTo("first.example");

            openssl.certify("second.example", 30);
            awaitName(door, "second.example");
            awaitError(tls, "");
        }
    }

    /** In the three places where it can be: before the hello, within it, and behind it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 50, 10_000})
    void aHandshakeThatStallsIsCutOffAndKeepsNobodyWaiting(int bytes) throws Exception {
        byte[] hello = hello();
        try (ServerTls tls = QuickTls.of(files());
                Door door = new Door(Door.withToken(TOKEN), Optional.of(tls.context()), Door.LITTLE, "front")) {
            awaitName(door, "first.example");
            try (Socket stalled = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
                stalled.setSoTimeout(20_000);
                stalled.getOutputStream().write(hello, 0, Math.min(bytes, hello.length));
                assertThat(name(door)).isEqualTo("first.example");
                stalled.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    @Test
    void aHandshakeThatDripsIsCutOffToo() throws Exception {
        byte[] hello = hello();
        try (ServerTls tls = QuickTls.of(files());
                Door door = new Door(Door.withToken(TOKEN), Optional.of(tls.context()), Door.LITTLE, "front")) {
            awaitName(door, "first.example");
            try (Socket dripping = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
                dripping.setSoTimeout(100);
                int sent = 0;
                while (takes(dripping, hello[sent])) {
                    sent++;
                }
                assertThat(sent).isBetween(1, hello.length - 2);
            }
        }
    }

    @Test
    void withoutACertificateNobodyConnectsUntilThereIsOne() throws Exception {
        Path hidden = folder.resolve("hidden.pem");
        Files.move(folder.resolve("key.pem"), hidden);
        try (ServerTls tls = QuickTls.of(files());
                Door door = encrypted(tls)) {
            awaitError(tls, "there is no file");
            assertThatThrownBy(() -> name(door)).isInstanceOf(IOException.class);
            try (Wire plain = new Wire(door.port())) {
                plain.send(Wire.head("GET /healthz"));
                assertThatThrownBy(plain::readHead).isInstanceOf(Exception.class);
            }

            Files.move(hidden, folder.resolve("key.pem"), StandardCopyOption.ATOMIC_MOVE);

            awaitName(door, "first.example");
        }
    }

    @Test
    void aCertificateThatHasEndedIsToldOf() throws Exception {
        try (ServerTls tls = QuickTls.of(files(), () -> Instant.now().plus(Duration.ofDays(31)))) {
            awaitError(tls, "was good until");
        }
    }

    @Test
    void theRuntimeGivesACertificateAndANewOneBeforeItEnds() throws Exception {
        try (LocalEdge edge = LocalEdge.builder().start()) {
            edge.faults().serverCertificatesLast(Duration.ofSeconds(5));
            Map<String, String> environment =
                    new LinkedHashMap<>(edge.module("CameraModule").environmentOverUnixSocket());
            environment.put("EDGECAM_TLS", "iotedge");
            try (ServerTls tls = QuickTls.of(environment);
                    Door door = encrypted(tls)) {
                awaitName(door, "localhost");
                X509Certificate first = shown(door);
                first.verify(edgeAuthority(edge));
                assertThat(first.getSubjectAlternativeNames().toString()).contains("CameraModule");
                while (shown(door).equals(first)) {
                    assertThat(tls.status().error()).isEmpty();
                }
                assertThat(shown(door).getNotAfter()).isAfter(first.getNotAfter());
            }
        }
    }

    @Test
    void aRuntimeThatDoesNotAnswerYetIsAskedAgain() throws Exception {
        try (LocalEdge edge = LocalEdge.builder().start()) {
            edge.faults().workloadDown(true);
            Map<String, String> environment =
                    new LinkedHashMap<>(edge.module("CameraModule").environment());
            environment.put("EDGECAM_TLS", "iotedge");
            try (ServerTls tls = QuickTls.of(environment);
                    Door door = encrypted(tls)) {
                awaitError(tls, "does not answer");
                edge.faults().workloadDown(false);
                awaitName(door, "localhost");
            }
        }
    }

    @Test
    void whatTheEnvironmentAsksForAndCannotBeIsRefusedWithTheFix() {
        refused(Map.of("EDGECAM_TLS_KEY", "/k"), "EDGECAM_TLS_CERTIFICATE is missing");
        refused(Map.of("EDGECAM_TLS_CERTIFICATE", "/c"), "EDGECAM_TLS_KEY is missing");
        refused(Map.of("EDGECAM_TLS", "yes"), "must be iotedge");
        refused(Map.of("EDGECAM_TLS", "iotedge"), "IOTEDGE_WORKLOADURI is missing");
        refused(
                Map.of("EDGECAM_TLS", "iotedge", "EDGECAM_TLS_KEY", "/k", "EDGECAM_TLS_CERTIFICATE", "/c"),
                "leave out one of the two");
    }

    /** Whether the other end is still there for this byte. */
    private static boolean takes(Socket socket, byte one) throws IOException {
        try {
            socket.getOutputStream().write(one);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (SocketException cutOff) {
            return false;
        }
    }

    /** What a visitor says first. */
    private static byte[] hello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    private static void refused(Map<String, String> environment, String words) {
        assertThatThrownBy(() -> QuickTls.of(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private Map<String, String> files() {
        return Map.of(
                "EDGECAM_TLS_CERTIFICATE", folder.resolve("certificate.pem").toString(),
                "EDGECAM_TLS_KEY", folder.resolve("key.pem").toString());
    }

    private static Door encrypted(ServerTls tls) throws IOException {
        return new Door(Door.withToken(TOKEN), Optional.of(tls.context()), "front");
    }

    private static Wire over(Door door) throws Exception {
        return new Wire(connect(door));
    }

    private static SSLSocket connect(Door door) throws Exception {
        SSLContext anyone = SSLContext.getInstance("TLS");
        anyone.init(null, new TrustManager[] {new Anyone()}, new SecureRandom());
        SSLSocket socket =
                (SSLSocket) anyone.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), door.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static X509Certificate shown(Door door) throws Exception {
        try (SSLSocket socket = connect(door)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static String name(Door door) throws Exception {
        return shown(door).getSubjectX500Principal().getName().replace("CN=", "");
    }

    /** Connects until that certificate is shown. */
    private static void awaitName(Door door, String wanted) throws Exception {
        String shown = "";
        while (!shown.equals(wanted)) {
            try {
                shown = name(door);
            } catch (IOException noneYet) {
                shown = "";
            }
            assertThat(Thread.interrupted()).as("shows " + shown).isFalse();
        }
    }

    private static void awaitError(ServerTls tls, String words) {
        while (words.isEmpty()
                ? !tls.status().error().isEmpty()
                : !tls.status().error().contains(words)) {
            assertThat(Thread.interrupted()).as("%s", tls.status()).isFalse();
            Thread.onSpinWait();
        }
    }

    private static java.security.PublicKey edgeAuthority(LocalEdge edge) throws Exception {
        try (var in = Files.newInputStream(edge.caFile())) {
            return java.security.cert.CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey();
        }
    }

    /** A visitor who looks at what is shown and judges later. */
    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
