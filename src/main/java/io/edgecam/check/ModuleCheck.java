package io.edgecam.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Whether the module runs here, and what it says of itself; asked at its page. */
public final class ModuleCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST = 2000;

    private final int port;

    public ModuleCheck(int port) {
        this.port = port;
    }

    @Override
    public List<Finding> look() {
        String subject = "module";
        try {
            if (!(URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection()
                    instanceof HttpURLConnection connection)) {
                return List.of();
            }
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            int status = connection.getResponseCode();
            try (InputStream said = status < HttpURLConnection.HTTP_BAD_REQUEST
                    ? connection.getInputStream()
                    : connection.getErrorStream()) {
                String words = said == null ? "" : new String(said.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
                return List.of(
                        status == HttpURLConnection.HTTP_OK
                                ? Finding.ok(subject, "runs here and is ready, page on port " + port)
                                : Finding.wrong(subject, "port " + port + " answers " + status + ": " + words));
            }
        } catch (IOException e) {
            return List.of(Finding.note(
                    subject,
                    "does not answer on port " + port + " (" + e.getMessage()
                            + "): it does not run here, or its page is off or on another port"));
        }
    }
}
