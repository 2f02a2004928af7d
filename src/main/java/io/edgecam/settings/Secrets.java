package io.edgecam.settings;

import java.util.regex.Pattern;

/** The rules for passwords and tokens, which repeat none. Has no state, for any number of threads. */
final class Secrets {
    private static final int MAX_PASSWORD = 128;

    /** What a bearer token may consist of (RFC 6750, 2.1); 16 characters are beyond guessing over a network. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{16,256}=*");

    private Secrets() {}

    static String password(String text) {
        if (text.length() > MAX_PASSWORD || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "must be up to " + MAX_PASSWORD + " characters without control characters");
        }
        return text;
    }

    static String token(String text) {
        if (!text.isEmpty() && !TOKEN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be 16 to 256 letters, digits and . _ ~ + / -; a good one is made by:"
                            + " openssl rand -hex 24");
        }
        return text;
    }
}
