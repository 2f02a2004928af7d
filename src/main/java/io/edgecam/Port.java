package io.edgecam;

import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that the settings ask for, if they do. Changed by one thread.
 *
 * @param <S> its settings
 */
final class Port<S> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Port.class);

    private final String trouble;
    private final Predicate<S> isWanted;
    private final Starter<S> starter;
    private @Nullable S running;
    private @Nullable Running server;

    /** @param trouble what is to be said of a server that cannot be had */
    Port(String trouble, Predicate<S> isWanted, Starter<S> starter) {
        this.trouble = trouble;
        this.isWanted = isWanted;
        this.starter = starter;
    }

    /** Makes reality match; equal settings restart nothing. A port that cannot be had is said, and the rest goes on. */
    void apply(S wanted) {
        if (wanted.equals(running)) {
            return;
        }
        close();
        running = wanted;
        if (!isWanted.test(wanted)) {
            return;
        }
        try {
            server = starter.start(wanted);
        } catch (IOException e) {
            log.error("{}: {}", trouble, e.getMessage());
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Starts a server; what it gives ends it. */
    @FunctionalInterface
    interface Starter<S> {
        Running start(S settings) throws IOException;
    }

    /** A server that runs. */
    @FunctionalInterface
    interface Running {
        void close();
    }
}
