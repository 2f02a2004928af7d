package io.edgecam.picture;

/**
 * How good the shot behind a picture is.
 *
 * @param brightness mean luma, 0 (black) to 255 (white)
 * @param sharpness to compare with the same camera's other shots only: the higher, the more detail
 * @param frozen shows exactly what the camera's shot before it showed, which a living sensor never does; not said of a covered one
 * @param covered shows next to nothing: a cap, a hand, a black or a white picture
 */
public record ShotQuality(int brightness, int sharpness, boolean frozen, boolean covered) {}
