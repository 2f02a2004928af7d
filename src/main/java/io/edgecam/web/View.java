package io.edgecam.web;

import io.edgecam.settings.LookSettings;
import io.edgecam.settings.StampSettings;

/**
 * What can be looked at: a camera, with its stamp or without. Masks are never optional.
 *
 * @param stamped false = the stamp is left out, whatever the settings say
 */
record View(String camera, boolean stamped) {
    /** How a single picture looks. */
    LookSettings still(LookSettings inForce) {
        return look(inForce, inForce.exif());
    }

    /** How moving pictures look: what EXIF would say goes beside them, so that unchanged frames stay untouched. */
    LookSettings live(LookSettings inForce) {
        return look(inForce, false);
    }

    /** For names of threads. */
    @Override
    public String toString() {
        return stamped ? camera : camera + "-unstamped";
    }

    private LookSettings look(LookSettings inForce, boolean exif) {
        StampSettings stamp = inForce.stamp();
        StampSettings.Place place = stamped ? stamp.place() : StampSettings.Place.NONE;
        return new LookSettings(
                inForce.rotate(),
                inForce.flip(),
                inForce.region(),
                inForce.privacyMasks(),
                inForce.quality(),
                new StampSettings(place, stamp.text(), stamp.title(), stamp.timezone(), stamp.height()),
                exif);
    }
}
