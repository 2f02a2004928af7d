package io.edgecam.web.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What openssl writes is read, and what cannot be used is told with the fix. */
@Timeout(60)
class PemTest {
    @TempDir
    Path folder;

    private Openssl openssl;

    @BeforeEach
    void findOpenssl() {
        openssl = new Openssl(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048, RSA",
        "genrsa -traditional 2048, RSA",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256, EC",
        "ecparam -name prime256v1 -genkey, EC",
        "ecparam -name secp384r1 -genkey -noout, EC",
        "ecparam -name secp521r1 -genkey -noout, EC",
        "genpkey -algorithm Ed25519, EdDSA"
    })
    void everyKindOfKeyThatOpensslWritesIsRead(String how, String kind) throws Exception {
        openssl.run(how.replaceFirst(" ", " -out key.pem "));
        openssl.certify("camera.example", 30);

        assertThat(pair().keyType()).isEqualTo(kind);
        assertThat(pair().chain()).hasSize(1);
    }

    @Test
    void aKeyWithAPasswordIsRefusedWithTheCommandThatTakesItOff() throws Exception {
        for (String how : new String[] {
            "genpkey -algorithm RSA -aes256 -pass pass:secret", "genrsa -traditional -aes256 -passout pass:secret 2048"
        }) {
            openssl.run(how.replaceFirst(" ", " -out key.pem "));
            assertThatThrownBy(() -> Pem.key(Files.readString(folder.resolve("key.pem")), "key.pem"))
                    .isInstanceOf(UnusableException.class)
                    .hasMessageContaining("openssl pkey -in key.pem");
        }
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() throws Exception {
        openssl.run("ecparam -name prime256v1 -genkey -noout -out key.pem");
        openssl.certify("camera.example", 30);
        openssl.run("ecparam -name prime256v1 -genkey -noout -out key.pem");

        assertThatThrownBy(this::pair).hasMessageContaining("is not that of the first certificate");
        openssl.run("genrsa -out key.pem 2048");
        assertThatThrownBy(this::pair).hasMessageContaining("is not that of the first certificate");
    }

    @Test
    void certificatesInTheWrongOrderAreRefused() throws Exception {
        openssl.run("ecparam -name prime256v1 -genkey -noout -out key.pem");
        openssl.certify("one.example", 30);
        String one = Files.readString(folder.resolve("certificate.pem"));
        openssl.certify("other.example", 30);
        openssl.run("ecparam -name prime256v1 -genkey -noout -out other.pem");
        openssl.run("req -x509 -key other.pem -subj /CN=stranger -days 30 -out stranger.pem");
        Files.writeString(folder.resolve("certificate.pem"), one + Files.readString(folder.resolve("stranger.pem")));

        assertThatThrownBy(this::pair).hasMessageContaining("put them in order");
    }

    @ParameterizedTest
    @CsvSource({
        "'', holds no",
        "hello, holds no",
        "'-----BEGIN PRIVATE KEY-----\n*\n-----END PRIVATE KEY-----', no base64",
        "'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', openssl genpkey",
        "'-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----', openssl pkey",
        "'-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----', openssl genpkey",
        "'-----BEGIN PRIVATE KEY-----\nAAAA', holds no"
    })
    void whatIsNoKeyIsToldOf(String text, String words) {
        assertThatThrownBy(() -> Pem.key(text, "key.pem"))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("key.pem");
    }

    private ServerCertificate pair() throws Exception {
        return ServerCertificate.of(
                Files.readString(folder.resolve("certificate.pem")),
                "certificate.pem",
                Files.readString(folder.resolve("key.pem")),
                "key.pem");
    }
}
