package io.edgecam.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The video devices of this host, and which of them this process may open. */
public final class DeviceCheck implements Check {
    private final Supplier<Map<String, Optional<String>>> devices;

    /** @param devices each device in words, with what keeps it from being opened */
    public DeviceCheck(Supplier<Map<String, Optional<String>>> devices) {
        this.devices = devices;
    }

    @Override
    public List<Finding> look() {
        Map<String, Optional<String>> found = devices.get();
        if (found.isEmpty()) {
            return List.of(Finding.note(
                    "video devices",
                    "none on this host: for a USB or CSI camera plug it in and see dmesg; network cameras"
                            + " need none"));
        }
        List<Finding> findings = new ArrayList<>();
        found.forEach((device, trouble) -> findings.add(trouble.map(sentence -> Finding.wrong(device, sentence))
                .orElseGet(() -> Finding.ok(device, "may be opened"))));
        return findings;
    }
}
