package io.edgecam.localedge;

import java.time.Duration;

/** What was waited for did not happen in time; the message says what it was. Immutable, for any thread. */
public final class NotInTimeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotInTimeException(String what, Duration patience, Throwable cause) {
        super("Waited " + patience.toMillis() + " ms in vain for " + what, cause);
    }
}
