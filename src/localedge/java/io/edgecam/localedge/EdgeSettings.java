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
        List<String> hostNames,
        @Nullable String serviceKey,
        boolean anyServiceKey,
        int pushQos,
        boolean versionInReportedAnswer,
        Duration acknowledgeTimeout,
        Duration methodDelay,
        Duration reauthenticateEvery,
        Consumer<String> journalListener) {}
