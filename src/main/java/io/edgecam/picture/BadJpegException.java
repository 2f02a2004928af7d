package io.edgecam.picture;

import java.io.IOException;

/** Bytes that were taken for a JPEG and are none, with the reason. */
public final class BadJpegException extends IOException {
    private static final long serialVersionUID = 1L;

    public BadJpegException(String reason) {
        super(reason);
    }
}
