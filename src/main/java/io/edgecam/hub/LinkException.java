package io.edgecam.hub;

/** Why something did not reach the hub, in the operator's words. */
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean hopeless;

    private LinkException(String message, boolean hopeless) {
        super(message);
        this.hopeless = hopeless;
    }

    /** Worth another try later. */
    public static LinkException passing(String message) {
        return new LinkException(message, false);
    }

    /** The hub refuses just this; the same again will be refused again. */
    public static LinkException hopeless(String message) {
        return new LinkException(message, true);
    }

    public boolean isHopeless() {
        return hopeless;
    }
}
