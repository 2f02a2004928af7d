package io.edgecam.web.tls;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The module's TLS, looking for new certificates ten times a second. */
public final class QuickTls {
    private QuickTls() {}

    public static ServerTls of(Map<String, String> environment) {
        return of(environment, InstantSource.system());
    }

    public static ServerTls of(Map<String, String> environment, InstantSource clock) {
        return ServerTls.of(environment, clock, Duration.ofMillis(100)).orElseThrow();
    }
}
