package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An https camera with a certificate of its own making, which bears no name of a host. */
@Timeout(60)
class HttpTrustTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private HttpsServer camera;
    private byte[] picture;
    private Path certificate;

    @BeforeEach
    void start() throws Exception {
        try (FrameSource source = new Sources(InstantSource.system())
                .apply(SourceSettings.of(Kind.TEST, "", 160, 120, 100))
                .open()) {
            picture = source.next().image().toBytes();
        }
        KeyStore keys = selfMade();
        certificate = folder.resolve("camera.pem");
        String pem = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                .encodeToString(keys.getCertificate("camera").getEncoded());
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\n" + pem + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        camera = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        camera.setHttpsConfigurator(new HttpsConfigurator(context));
        camera.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
            exchange.sendResponseHeaders(200, picture.length);
            exchange.getResponseBody().write(picture);
            exchange.close();
        });
        camera.start();
    }

    @AfterEach
    void stop() {
        camera.stop(0);
    }

    @Test
    void refusesACertificateThatNobodyVouchesForAndSaysWhatToDo() {
        assertThatThrownBy(() -> open(""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("shows no certificate that is believed here")
                .hasMessageContaining("EDGECAM_CAMERA_CERTIFICATES");
    }

    @Test
    void believesACertificateThatIsInOnesOwnFile() throws Exception {
        try (FrameSource source = open(certificate.toString())) {
            assertThat(source.next().image().toBytes()).isEqualTo(picture);
            assertThat(source.next().image().toBytes()).isEqualTo(picture);
        }
    }

    @Test
    void saysThatOnesOwnFileCannotBeRead() throws Exception {
        assertThatThrownBy(() -> open(folder.resolve("none.pem").toString())).hasMessageContaining("none.pem");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> open(empty.toString())).hasMessageContaining("PEM");
    }

    private FrameSource open(String certificates) throws Exception {
        DeviceSettings settings =
                SourceSettings.http("https://127.0.0.1:" + camera.getAddress().getPort() + "/one", "", "");
        return HttpCamera.opener(settings, certificates).open();
    }

    private KeyStore selfMade() throws Exception {
        Path store = folder.resolve("camera.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "camera",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=IP camera",
                        "-validity",
                        "1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }
}
