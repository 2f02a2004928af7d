package io.edgecam.settings;

import io.edgecam.json.Fields;
import io.edgecam.settings.DeviceSettings.Kind;
import java.util.HashMap;
import java.util.Map;

/** Finds settings that are good alone and bad together. Has no state, for any number of threads. */
final class Clashes {
    private Clashes() {}

    static void refuse(Map<String, CameraSettings> cameras, WebSettings web, MetricsSettings metrics, Fields in) {
        Map<String, String> devices = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        cameras.forEach((name, camera) -> {
            DeviceSettings.Source source = camera.device().source();
            String other = source.kind() == Kind.V4L2 ? devices.putIfAbsent(source.address(), name) : null;
            if (other != null) {
                in.refuse(
                        "cameras." + name + ".source",
                        "is " + source + ", which cameras." + other + " uses already; a device serves one camera only");
            }
            String template = camera.naming().name().template();
            String twin = camera.naming().name().namesTheCamera() ? null : names.putIfAbsent(template, name);
            if (twin != null) {
                in.refuse(
                        "cameras." + name + ".name",
                        "is the same as that of cameras." + twin
                                + " and without {camera}, so two pictures could get one"
                                + " name; put {camera} into it");
            }
        });
        if (web.enabled() && metrics.enabled() && web.port() == metrics.port()) {
            in.refuse("metrics.port", "is " + metrics.port() + ", which web.port uses already; choose another");
        }
    }
}
