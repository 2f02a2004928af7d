package io.edgecam.localedge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AzureSasCredential;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubGatewayTimeoutException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubNotFoundException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubPreconditionFailedException;
import com.microsoft.azure.sdk.iot.service.exceptions.IotHubUnauthorizedException;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodRequestOptions;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodResponse;
import com.microsoft.azure.sdk.iot.service.methods.DirectMethodsClient;
import com.microsoft.azure.sdk.iot.service.twin.Twin;
import com.microsoft.azure.sdk.iot.service.twin.TwinClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Microsoft's Java service client, as it is, against the service side. */
@Timeout(120)
class ServiceClientTest {
    private static final SSLSocketFactory BEFORE = HttpsURLConnection.getDefaultSSLSocketFactory();
    private static LocalEdge edge;
    private static LocalModule camera;
    private static SampleModule module;
    private static TwinClient twins;
    private static DirectMethodsClient methods;

    @BeforeAll
    static void start() throws Exception {
        edge = LocalEdge.builder().module("CameraModule").start();
        camera = edge.module("CameraModule");
        module = SampleModule.module(edge, camera).ready();
        HttpsURLConnection.setDefaultSSLSocketFactory(edge.sslContext().getSocketFactory());
        AzureSasCredential credential = new AzureSasCredential(edge.serviceToken(Duration.ofHours(1)));
        twins = new TwinClient(edge.serviceEndpoint(), credential);
        methods = new DirectMethodsClient(edge.serviceEndpoint(), credential);
    }

    @AfterAll
    static void stop() {
        HttpsURLConnection.setDefaultSSLSocketFactory(BEFORE);
        module.close();
        edge.close();
    }

    @Test
    void callsAMethod() throws Exception {
        DirectMethodRequestOptions options = DirectMethodRequestOptions.builder()
                .payload(Map.of("x", 1))
                .methodResponseTimeoutSeconds(10)
                .build();

        DirectMethodResponse response = methods.invoke(edge.deviceId(), camera.id(), "echo", options);

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getPayloadAsJsonElement()
                        .getAsJsonObject()
                        .get("echo")
                        .toString())
                .isEqualTo("{\"x\":1}");
    }

    @Test
    void patchesTheTwinThatTheModuleHearsOf() throws Exception {
        Twin twin = twins.get(edge.deviceId(), camera.id());
        twin.getDesiredProperties().put("width", 800);

        Twin after = twins.patch(twin);

        assertThat(module.desired.poll(60, SECONDS).getDesiredProperties()).containsEntry("width", 800L);
        assertThat(after.getDesiredProperties()).containsKey("width");
        assertThat(camera.desired().get("width").getAsInt()).isEqualTo(800);
    }

    @Test
    void isToldThatAModuleDoesNotAnswer() {
        DirectMethodRequestOptions options = DirectMethodRequestOptions.builder()
                .methodResponseTimeoutSeconds(5)
                .build();
        LocalModule silent = edge.module("silent");

        assertThatThrownBy(() -> {
                    try (SampleModule deaf = SampleModule.module(edge, silent).ready()) {
                        methods.invoke(edge.deviceId(), "silent", "silent", options);
                        assertThat(deaf.messages).isEmpty();
                    }
                })
                .isInstanceOf(IotHubGatewayTimeoutException.class);
    }

    @Test
    void isToldThatAModuleIsUnknownOrAway() {
        edge.module("away");
        DirectMethodRequestOptions options = DirectMethodRequestOptions.builder()
                .methodConnectTimeoutSeconds(1)
                .methodResponseTimeoutSeconds(5)
                .build();

        assertThatThrownBy(() -> methods.invoke(edge.deviceId(), "away", "echo", options))
                .isInstanceOf(IotHubNotFoundException.class);
        assertThatThrownBy(() -> twins.get(edge.deviceId(), "unknown")).isInstanceOf(IotHubNotFoundException.class);
    }

    @Test
    void isRefusedWithAnOldEtagOrAWrongKey() throws Exception {
        LocalModule other = edge.module("etag");
        Twin old = twins.get(edge.deviceId(), "etag");
        other.patchDesired("{\"a\": 1}");
        String wrong = Sas.token(
                "localhost", "iothubowner", new byte[32], Instant.now().plusSeconds(60));
        old.getDesiredProperties().put("b", 2);
        TwinClient stranger = new TwinClient(edge.serviceEndpoint(), new AzureSasCredential(wrong));

        assertThatThrownBy(() -> twins.patch(old, old.getETag())).isInstanceOf(IotHubPreconditionFailedException.class);
        assertThatThrownBy(() -> stranger.get(edge.deviceId(), "etag")).isInstanceOf(IotHubUnauthorizedException.class);
    }
}
