package io.edgecam.ledger;

import java.util.Locale;
import java.util.Optional;

/** What can be said of a picture; the last word about it counts. */
public enum Fate {
    /** It was ordered. */
    EXPECTED,
    /** It is safe on this device. */
    TAKEN,
    /** The store has said yes to it. */
    UPLOADED,
    /** It was taken, and given up before it was uploaded. */
    DROPPED,
    /** There is none. */
    FAILED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more comes after it in the usual course of things. */
    boolean isLast() {
        return this == UPLOADED || this == DROPPED || this == FAILED;
    }

    /** Whether the picture is not to be had. */
    boolean isMissing() {
        return this == DROPPED || this == FAILED;
    }

    /** The first letter of the word, as the journal writes it. */
    char letter() {
        return word().charAt(0);
    }

    static Optional<Fate> of(char letter) {
        for (Fate fate : values()) {
            if (fate.letter() == letter) {
                return Optional.of(fate);
            }
        }
        return Optional.empty();
    }
}
