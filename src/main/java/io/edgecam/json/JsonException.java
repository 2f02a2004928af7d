package io.edgecam.json;

/** Text that is not the JSON it should be; the message says what is wrong and where, and repeats no values. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
