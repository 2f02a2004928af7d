package io.edgecam.check;

/**
 * What was seen of one thing.
 *
 * @param subject the thing: {@code clock}, {@code /dev/video0}
 * @param sentence what is so, and if that is wrong, what mends it
 */
public record Finding(Level level, String subject, String sentence) {
    static Finding ok(String subject, String sentence) {
        return new Finding(Level.OK, subject, sentence);
    }

    static Finding note(String subject, String sentence) {
        return new Finding(Level.NOTE, subject, sentence);
    }

    static Finding wrong(String subject, String sentence) {
        return new Finding(Level.WRONG, subject, sentence);
    }

    /** How much it matters. */
    public enum Level {
        OK,
        /** Worth knowing; the module works all the same, or this place cannot tell. */
        NOTE,
        WRONG
    }
}
