package io.edgecam.camera;

import io.edgecam.picture.Jpeg;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.Secret;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.imageio.ImageIO;

/** A picture and settings for tests of cameras. */
final class Pictures {
    private Pictures() {}

    static Jpeg small() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR), "jpeg", bytes);
            return Jpeg.of(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DeviceSettings settings(int framerate, Duration warmUp, Duration readTimeout, Duration idleClose) {
        return new DeviceSettings(
                new DeviceSettings.Source(DeviceSettings.Kind.TEST, ""),
                "",
                Secret.NONE,
                64,
                48,
                framerate,
                warmUp,
                readTimeout,
                idleClose);
    }
}
