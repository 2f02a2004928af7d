package io.edgecam.imaging;

/** Why a picture cannot be changed in its coded form; it is then decoded, which is slower and takes every JPEG. */
final class NeedsDecoding extends Exception {
    private static final long serialVersionUID = 1L;

    NeedsDecoding(String reason) {
        super(reason, null, false, false);
    }
}
