package io.edgecam.camera.source;

import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import io.edgecam.settings.DeviceSettings.Source;
import io.edgecam.settings.Secret;
import java.time.Duration;

/** Device settings for tests of sources. */
final class SourceSettings {
    private SourceSettings() {}

    static DeviceSettings of(Kind kind, String address, int width, int height, int framerate) {
        return new DeviceSettings(
                new Source(kind, address),
                "",
                Secret.NONE,
                width,
                height,
                framerate,
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    static DeviceSettings http(String address, String username, String password) {
        return new DeviceSettings(
                new Source(Kind.HTTP, address),
                username,
                new Secret(password),
                640,
                480,
                50,
                Duration.ZERO,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }
}
