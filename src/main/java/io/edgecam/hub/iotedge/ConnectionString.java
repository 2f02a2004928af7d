package io.edgecam.hub.iotedge;

import java.util.LinkedHashMap;
import java.util.Map;

/** The parts of an IoT Hub connection string by name: {@code HostName}, {@code DeviceId}, {@code ModuleId}. */
final class ConnectionString {
    private final String text;
    private final Map<String, String> parts = new LinkedHashMap<>();

    ConnectionString(String text) {
        this.text = text;
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).trim(),
                        part.substring(equals + 1).trim());
            }
        }
    }

    /** The value of a part; empty if it is not there. */
    String part(String name) {
        return parts.getOrDefault(name, "");
    }

    /** The whole string with its key; for the SDK only. */
    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "ConnectionString[HostName=" + part("HostName") + ";DeviceId=" + part("DeviceId") + ";ModuleId="
                + part("ModuleId") + "]";
    }
}
