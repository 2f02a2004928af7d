package io.edgecam.web;

/** A request that is not carried out, and what is answered instead. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    RefusedException(int status, String code, String message) {
        this(Reply.error(status, code, message));
    }

    RefusedException(Reply reply) {
        super("refused", null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
