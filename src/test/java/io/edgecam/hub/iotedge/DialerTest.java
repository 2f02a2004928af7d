package io.edgecam.hub.iotedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.hub.iotedge.Dialer.Kind;
import io.edgecam.picture.Identity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialerTest {
    private static final String KEY = "c2VjcmV0IGtleSBvZiB0aGUgdGVzdA==";
    private static final String DEVICE = "HostName=hub.example.net;DeviceId=dev;SharedAccessKey=" + KEY;
    private static final String MODULE = DEVICE + ";ModuleId=cam";

    @Test
    void anEmptyEnvironmentHasNoHub() {
        assertThat(Dialer.of(Map.of())).isEmpty();
    }

    @Test
    void theEnvironmentOfTheEdgeAgentIsAModuleOfIotEdge() {
        Dialer dialer = Dialer.of(Map.of(
                        "IOTEDGE_WORKLOADURI", "unix:///run/w.sock",
                        "IOTEDGE_DEVICEID", "dev",
                        "IOTEDGE_MODULEID", "cam",
                        "IOTEDGE_IOTHUBHOSTNAME", "hub.example.net"))
                .orElseThrow();
        assertThat(dialer.kind()).isEqualTo(Kind.IOTEDGE);
        assertThat(dialer.identity()).isEqualTo(new Identity("dev", "cam"));
    }

    @Test
    void aConnectionStringIsAModuleOrADevice() {
        assertThat(Dialer.of(Map.of("CONNECTION_STRING", MODULE)).orElseThrow().kind())
                .isEqualTo(Kind.MODULE);
        assertThat(Dialer.of(Map.of("CONNECTION_STRING", DEVICE)).orElseThrow().kind())
                .isEqualTo(Kind.DEVICE);
        assertThat(Dialer.of(Map.of("EdgeHubConnectionString", MODULE))
                        .orElseThrow()
                        .kind())
                .isEqualTo(Kind.IOTEDGE);
    }

    @ParameterizedTest
    @CsvSource({"MQTT", "mqtt_ws", "AMQPS", "amqps_WS"})
    void everyProtocolOfTheSdkForModulesCanBeChosen(String protocol) {
        assertThat(Dialer.of(Map.of("CONNECTION_STRING", MODULE, "EDGECAM_PROTOCOL", protocol)))
                .isPresent();
    }

    @Test
    void whatCannotBeUsedIsNamedWithTheFixAndWithoutTheKey() {
        assertThatThrownBy(() -> Dialer.of(Map.of("CONNECTION_STRING", MODULE, "EDGECAM_PROTOCOL", "HTTPS")))
                .hasMessageContaining("EDGECAM_PROTOCOL is 'HTTPS'")
                .hasMessageContaining("AMQPS_WS");
        assertThatThrownBy(() -> Dialer.of(Map.of("CONNECTION_STRING", "DeviceId=dev;SharedAccessKey=" + KEY)))
                .hasMessageContaining("CONNECTION_STRING has no HostName")
                .hasMessageNotContaining(KEY);
        assertThatThrownBy(() -> Dialer.of(Map.of("IOTEDGE_WORKLOADURI", "unix:///run/w.sock")))
                .hasMessageContaining("IOTEDGE_DEVICEID is missing");
        assertThat(new ConnectionString(MODULE).toString()).doesNotContain(KEY);
    }
}
