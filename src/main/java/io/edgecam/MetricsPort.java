package io.edgecam;

import io.edgecam.settings.MetricsSettings;
import io.edgecam.web.MetricsServer;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics server that the settings ask for, if any. Changed by one thread. */
final class MetricsPort implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsPort.class);

    private final Supplier<String> text;
    private @Nullable MetricsSettings running;
    private @Nullable MetricsServer server;

    MetricsPort(Supplier<String> text) {
        this.text = text;
    }

    /** Makes reality match; equal settings restart nothing. A port that cannot be had is said, and the rest goes on. */
    void apply(MetricsSettings wanted) {
        if (wanted.equals(running)) {
            return;
        }
        close();
        running = wanted;
        if (!wanted.enabled()) {
            return;
        }
        try {
            server = MetricsServer.start(wanted, text);
        } catch (IOException e) {
            log.error("There are no metrics: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
