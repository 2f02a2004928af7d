package io.edgecam.localedge;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
final class AzuriteTest {
    private final Azurite azurite = Azurite.find(Path.of(""));

    @TempDir
    Path data;

    @BeforeEach
    void skipWithoutNode() {
        Assumptions.assumeTrue(azurite.isAvailable(), () -> azurite.whyNot().orElse(""));
    }

    @Test
    void keepsItsBlobsAndItsPortOverARestart() throws Exception {
        int port;
        try (Azurite.Running first = azurite.start(Optional.of(data), 0, line -> {})) {
            port = first.port();
            BlobContainerClient container = container(first);
            container.create();
            container.getBlobClient("a").upload(BinaryData.fromString("kept"));
        }
        try (Azurite.Running second = azurite.start(Optional.of(data), port, line -> {})) {
            assertThat(second.port()).isEqualTo(port);
            assertThat(container(second).getBlobClient("a").downloadContent()).hasToString("kept");
        }
    }

    @Test
    void isGoneAfterClosing() throws Exception {
        Azurite.Running running = azurite.start(line -> {});
        int port = running.port();
        try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(open.isConnected()).isTrue();
        }
        running.close();
        running.close();
        assertThat(ProcessHandle.of(running.pid()).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        try (ServerSocket free = new ServerSocket(port)) {
            assertThat(free.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void everyLookMakesANewKey() throws IOException, InterruptedException {
        try (Azurite.Running one = azurite.start(line -> {});
                Azurite.Running other = Azurite.find(Path.of("")).start(line -> {})) {
            assertThat(one.accountKey()).isNotEqualTo(other.accountKey());
            assertThat(one.connectionString()).contains(one.accountKey(), one.endpoint());
        }
    }

    @Test
    void itsLockFileNamesNoRegistry() throws IOException {
        assertThat(Files.readString(Path.of("src/localedge/azurite/package-lock.json")))
                .contains("\"azurite\": \"3.35.0\"")
                .doesNotContain("\"resolved\"", "https://registry");
    }

    private static BlobContainerClient container(Azurite.Running running) {
        return new BlobServiceClientBuilder()
                .connectionString(running.connectionString())
                .serviceVersion(BlobServiceVersion.V2025_11_05)
                .buildClient()
                .getBlobContainerClient("kept");
    }
}
