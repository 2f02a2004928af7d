package io.edgecam.ledger;

import java.time.Instant;

/**
 * Pictures of one camera that followed each other and are not to be had, all for the same reason.
 *
 * @param from the place in time of the first
 * @param to the place in time of the last
 * @param reason one word: {@code CameraLost}
 * @param detail what was said of the first, in the operator's words
 */
public record Gap(String camera, Instant from, Instant to, String reason, int count, String detail) {
    static Gap of(Line line) {
        Instant at = Instant.ofEpochMilli(line.moment());
        return new Gap(line.camera(), at, at, line.reason(), 1, line.detail());
    }

    Gap and(Line next) {
        return new Gap(camera, from, Instant.ofEpochMilli(next.moment()), reason, count + 1, detail);
    }
}
