package io.edgecam;

import io.edgecam.settings.WebSettings;
import io.edgecam.web.WebServer;
import io.edgecam.web.Windows;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server that the settings ask for, if any. Changed by one thread. */
final class Web implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Web.class);

    private final Windows windows;
    private final Optional<SSLContext> tls;
    private @Nullable WebSettings running;
    private @Nullable WebServer server;

    /** @param tls with what the page is encrypted; empty = not at all */
    Web(Windows windows, Optional<SSLContext> tls) {
        this.windows = windows;
        this.tls = tls;
    }

    /** Makes reality match; equal settings restart nothing. A port that cannot be had is said, and the rest goes on. */
    void apply(WebSettings wanted) {
        if (wanted.equals(running)) {
            return;
        }
        close();
        running = wanted;
        if (!wanted.enabled()) {
            return;
        }
        try {
            server = WebServer.start(wanted, windows, tls);
        } catch (IOException e) {
            log.error("There is no page: {}", e.getMessage());
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
