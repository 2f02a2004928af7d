package io.edgecam.storage;

/** Why a store did not take a picture, in words an operator can act on. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Remedy remedy;
    private final String code;

    public StoreException(Remedy remedy, String code, String message) {
        super(message);
        this.remedy = remedy;
        this.code = code;
    }

    public Remedy remedy() {
        return remedy;
    }

    /** A stable word: {@code AuthenticationFailed}, {@code ContainerNotFound}, {@code NameNotResolved}. */
    public String code() {
        return code;
    }

    /** What can heal it. */
    public enum Remedy {
        /** Time: the service is away or busy. */
        RETRY,
        /** An operator: new credentials, a container, the clock. Until then everything waits. */
        OPERATOR,
        /** Nothing: this one picture is not taken. */
        NONE
    }
}
