package io.edgecam.picture;

import java.util.Locale;

/** What made a picture be taken. */
public enum Trigger {
    METHOD,
    MESSAGE,
    SCHEDULE,
    MOTION,
    WEB;

    /** The word that answers, names and telemetry use: {@code method}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
