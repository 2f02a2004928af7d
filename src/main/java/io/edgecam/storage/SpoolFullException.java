package io.edgecam.storage;

import java.io.IOException;

/** The spool has no room and is told to refuse new pictures. */
public final class SpoolFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public SpoolFullException(String message) {
        super(message);
    }
}
