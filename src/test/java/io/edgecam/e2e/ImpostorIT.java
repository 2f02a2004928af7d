package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.localedge.LocalEdge;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who answers in the hub's place with a certificate of his own making gets nothing: no name, no token. */
@Timeout(120)
class ImpostorIT {
    @TempDir
    Path folder;

    private LocalEdge hub;
    private LocalEdge impostor;

    @BeforeEach
    void start() {
        hub = LocalEdge.builder()
                .folder(folder.resolve("hub"))
                .module(World.MODULE)
                .start();
        impostor = LocalEdge.builder()
                .folder(folder.resolve("impostor"))
                .module(World.MODULE)
                .start();
    }

    @AfterEach
    void stop() {
        hub.close();
        impostor.close();
    }

    @Test
    void aGatewayThatTheOwnersFileDoesNotVouchForIsNotBelieved() throws Exception {
        isNotBelieved(Map.of(
                "EdgeHubConnectionString", impostor.module(World.MODULE).connectionString(),
                "EdgeModuleCACertificateFile", hub.caFile().toString()));
    }

    @Test
    void aGatewayThatTheRuntimesTrustBundleDoesNotVouchForIsNotBelieved() throws Exception {
        Map<String, String> environment =
                new HashMap<>(impostor.module(World.MODULE).environment());
        Map<String, String> own = hub.module(World.MODULE).environment();
        for (String name : List.of("IOTEDGE_WORKLOADURI", "IOTEDGE_MODULEGENERATIONID")) {
            environment.put(name, own.getOrDefault(name, ""));
        }
        isNotBelieved(environment);
    }

    private void isNotBelieved(Map<String, String> environment) throws Exception {
        try (Program module = Program.start(Program.JAR, environment, List.of("-Xmx128m"))) {
            module.await(line -> line.matches("<4> .* No connection to the hub.*certificat.*"));
            assertThat(impostor.journal()).noneMatch(line -> line.contains(World.MODULE));
        }
    }
}
