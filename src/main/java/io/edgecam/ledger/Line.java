package io.edgecam.ledger;

import io.edgecam.picture.Picture;
import io.edgecam.picture.Trigger;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One word about one picture, a line of the journal: letter of the fate, milliseconds since 1970, camera, trigger, id, and
 * for a picture that is missing the reason's word and a sentence.
 *
 * @param moment the picture's place in time, in milliseconds since 1970: when it was captured, or was to be
 * @param reason why it is missing, in one word; empty unless it is
 * @param detail the same in the operator's words, cut to 160 characters
 */
record Line(Fate fate, long moment, String camera, Trigger trigger, String id, String reason, String detail) {
    private static final int LONGEST_DETAIL = 160;
    private static final int FIELDS = 7;

    Line {
        detail = oneLine(detail);
    }

    static Line of(Fate fate, Picture picture) {
        return missing(fate, picture, "", "");
    }

    static Line missing(Fate fate, Picture picture, String reason, String detail) {
        return new Line(
                fate,
                picture.capturedAt().toEpochMilli(),
                picture.camera(),
                picture.trigger(),
                picture.id(),
                reason,
                detail);
    }

    /** Another word about the same picture. */
    Line then(Fate next, String why, String sentence) {
        return new Line(next, moment, camera, trigger, id, why, sentence);
    }

    boolean isWithin(Optional<Instant> from, Optional<Instant> to) {
        Instant at = Instant.ofEpochMilli(moment);
        return from.filter(at::isBefore).isEmpty() && to.map(at::isBefore).orElse(true);
    }

    String text() {
        String text = fate.letter() + " " + moment + " " + camera + " " + trigger.word() + " " + id;
        return fate.isMissing() ? text + " " + reason + " " + detail : text;
    }

    /** Empty for what this version cannot read. */
    static Optional<Line> read(String text) {
        String[] fields = text.split(" ", FIELDS);
        Optional<Fate> fate = Fate.of(text.isEmpty() ? ' ' : text.charAt(0));
        if (fate.isEmpty() || fields.length < (fate.get().isMissing() ? FIELDS : FIELDS - 2)) {
            return Optional.empty();
        }
        boolean missing = fate.get().isMissing();
        try {
            return Optional.of(new Line(
                    fate.get(),
                    Long.parseLong(fields[1]),
                    fields[2].intern(),
                    Trigger.valueOf(fields[3].toUpperCase(Locale.ROOT)),
                    fields[4],
                    missing ? fields[5].intern() : "",
                    missing ? fields[6] : ""));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static String oneLine(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}]+", " ");
        return plain.length() <= LONGEST_DETAIL ? plain : plain.substring(0, LONGEST_DETAIL - 1) + "…";
    }
}
