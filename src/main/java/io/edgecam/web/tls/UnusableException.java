package io.edgecam.web.tls;

/** A certificate that cannot be had or used now; the message is a sentence for the operator and holds no secret. */
final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(String sentence) {
        super(sentence);
    }
}
