package io.edgecam.settings;

import java.util.List;

/**
 * The page and the streams.
 *
 * @param token empty = none: then the page listens on loopback only, unless {@code anonymous}
 */
public record WebSettings(
        boolean enabled,
        int port,
        Secret token,
        boolean anonymous,
        List<String> allowedHosts,
        int maxViewers,
        int streamFramerate) {
    public WebSettings {
        allowedHosts = List.copyOf(allowedHosts);
    }
}
