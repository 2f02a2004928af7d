package io.edgecam.camera;

import java.time.Duration;

/**
 * How patient the supervision of cameras is.
 *
 * @param firstPause before the first new try after a failure; later ones double
 * @param longestPause between two tries
 * @param pauseIfWanted the longest pause while someone waits for a frame
 * @param blip a loss shorter than this is not told
 * @param look how often is looked whether an open camera is still wanted
 */
record Pace(Duration firstPause, Duration longestPause, Duration pauseIfWanted, Duration blip, Duration look) {
    static final Pace USUAL = new Pace(
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));
}
