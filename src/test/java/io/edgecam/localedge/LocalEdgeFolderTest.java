package io.edgecam.localedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalEdgeFolderTest {
    @TempDir
    Path folder;

    @Test
    void keepsTheCaTheKeysAndTheTwins() throws Exception {
        String ca;
        String key;
        try (LocalEdge edge = LocalEdge.builder().folder(folder).module("m").start()) {
            ca = Files.readString(edge.caFile());
            key = edge.module("m").connectionString().replaceAll(";GatewayHostName.*", "");
            edge.module("m").patchDesired("{\"a\": {\"b\": 1}}");
        }
        try (LocalEdge edge = LocalEdge.builder().folder(folder).start()) {
            assertThat(edge.caFile()).content().isEqualTo(ca);
            assertThat(edge.module("m").connectionString()).startsWith(key);
            assertThat(edge.module("m").twin().getAsJsonObject("desired").toString())
                    .isEqualTo("{\"a\":{\"b\":1},\"$version\":2}");
        }
    }

    @Test
    void letsNobodyElseReadItsSecrets() throws Exception {
        LocalEdge.builder().folder(folder).start().close();

        for (String secret : new String[] {"ca-key.pem", "seed", "twins.json"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void leavesNothingBehindWithoutAFolder() {
        LocalEdge edge = LocalEdge.builder().start();
        Path ca = edge.caFile();
        assertThat(ca).exists();
        edge.close();
        edge.close();

        assertThat(ca.getParent()).doesNotExist();
    }

    @Test
    void makesCertificatesThatOthersCanCheck() throws Exception {
        Certificates made =
                Certificates.of(folder, java.util.List.of("localhost", "127.0.0.1", "::1"), java.time.Instant.now());
        X509Certificate authority = Certificates.certificate(made.authority());
        X509Certificate server = Certificates.certificate(made.serverChain());

        server.verify(authority.getPublicKey());
        authority.verify(authority.getPublicKey());
        server.checkValidity();
        assertThat(authority.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getSubjectAlternativeNames()).hasSize(3);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void saysWhatToDoAboutABrokenCa() throws Exception {
        Files.writeString(folder.resolve("ca.pem"), "broken");
        Files.writeString(folder.resolve("ca-key.pem"), "broken");

        assertThatThrownBy(() -> LocalEdge.builder().folder(folder).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("delete ca.pem and ca-key.pem there");
    }

    @Test
    void saysWhichPortIsTaken() {
        try (LocalEdge first = LocalEdge.builder().start()) {
            int taken = first.edgeHubPort();
            assertThatThrownBy(() -> LocalEdge.builder().edgeHubPort(taken).start())
                    .hasMessageContaining("edge hub")
                    .hasMessageContaining(String.valueOf(taken));
        }
    }
}
