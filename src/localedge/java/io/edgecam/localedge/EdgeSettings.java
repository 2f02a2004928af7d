package io.edgecam.localedge;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that was chosen when the local edge was built; immutable. */
record EdgeSettings(
        String deviceId,
        String hubHost,
        String bindAddress,
        String directAddress,
        List<String> hostNames,
        @Nullable String serviceKey,
        boolean anyServiceKey,
        int pushQos,
        boolean versionInReportedAnswer,
        Duration acknowledgeTimeout,
        Duration methodDelay,
        Duration reauthenticateEvery,
        Consumer<String> journalListener) {

    /** Whether a name means the hub here: its own, or one of this machine's, then also with a port. */
    boolean isHub(String name) {
        return name.equalsIgnoreCase(hubHost) || hostNames.contains(name.replaceFirst(":[0-9]+$", ""));
    }
}
