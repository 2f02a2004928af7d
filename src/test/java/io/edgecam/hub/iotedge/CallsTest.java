package io.edgecam.hub.iotedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallsTest {
    private static final int AT_ONCE = 1;

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Calls calls = new Calls(signals);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void aCallThatNeverComesBackGivesUpTheClient() {
        assertThatThrownBy(() -> calls.make(this::stuck, AT_ONCE))
                .isInstanceOf(IotHubClientException.class)
                .hasMessageContaining("stuck");

        assertThat(signals).singleElement().isInstanceOf(Signal.Lost.class);
    }

    @Test
    void anAnswerThatIsLostNowAndThenGivesUpNothing() throws Exception {
        for (int round = 0; round < 4; round++) {
            assertThatThrownBy(() -> calls.make(failing(IotHubStatusCode.DEVICE_OPERATION_TIMED_OUT), AT_ONCE))
                    .isInstanceOf(IotHubClientException.class);
            assertThatThrownBy(() -> calls.make(failing(IotHubStatusCode.DEVICE_OPERATION_TIMED_OUT), AT_ONCE))
                    .isInstanceOf(IotHubClientException.class);
            assertThat(calls.make(() -> "answered", AT_ONCE)).isEqualTo("answered");
        }

        assertThat(signals).isEmpty();
    }

    @Test
    void manyCallsInARowWithoutAnAnswerGiveUpTheClient() {
        for (int call = 0; call < 3; call++) {
            assertThatThrownBy(() -> calls.make(failing(IotHubStatusCode.DEVICE_OPERATION_TIMED_OUT), AT_ONCE))
                    .isInstanceOf(IotHubClientException.class);
        }

        assertThat(signals).singleElement().isInstanceOf(Signal.Lost.class);
    }

    @Test
    void aRefusalIsHandedOnAndGivesUpNothing() {
        for (int call = 0; call < 5; call++) {
            assertThatThrownBy(() -> calls.make(failing(IotHubStatusCode.BAD_FORMAT), AT_ONCE))
                    .isInstanceOfSatisfying(
                            IotHubClientException.class,
                            refusal -> assertThat(refusal.getStatusCode()).isEqualTo(IotHubStatusCode.BAD_FORMAT));
        }

        assertThat(signals).isEmpty();
    }

    @Test
    void whateverElseTheSdkThrowsBecomesItsOwnKindOfException() {
        Callable<String> broken = () -> {
            throw new IllegalStateException("wedged");
        };

        assertThatThrownBy(() -> calls.make(broken, AT_ONCE))
                .isInstanceOf(IotHubClientException.class)
                .hasMessageContaining("wedged");
    }

    /** Deaf to interrupts, as the SDK is where it was seen to get stuck. */
    private String stuck() {
        boolean out = false;
        while (!out) {
            try {
                released.await();
                out = true;
            } catch (InterruptedException deaf) {
                out = false;
            }
        }
        return "late";
    }

    private static Callable<String> failing(IotHubStatusCode status) {
        return () -> {
            throw new IotHubClientException(status, "as told");
        };
    }
}
