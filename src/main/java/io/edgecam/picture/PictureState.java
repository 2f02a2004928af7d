package io.edgecam.picture;

import java.util.Locale;

/** How far a picture has come. There is no word for "on its way": it is safe on this device, or it has arrived. */
public enum PictureState {
    /** Safe on this device. */
    SPOOLED,
    /** The store itself has said that it has it. */
    UPLOADED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
