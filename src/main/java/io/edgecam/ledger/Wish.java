package io.edgecam.ledger;

import io.edgecam.picture.Picture;
import io.edgecam.picture.Trigger;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A picture that is expected, until it is taken or failed; closed before that, it was given up. For one thread.
 */
public final class Wish implements AutoCloseable {
    static final String STOPPED = "Stopped";

    private final Line expected;
    private final Consumer<Line> book;
    private boolean fulfilled;

    Wish(String camera, Trigger trigger, Instant moment, Consumer<Line> book) {
        String id = UUID.randomUUID().toString();
        this.expected = new Line(Fate.EXPECTED, moment.toEpochMilli(), camera, trigger, id, "", "");
        this.book = book;
        book.accept(expected);
    }

    /** The id that the picture is to have. */
    public String id() {
        return expected.id();
    }

    /** It is safe on this device. */
    public void taken(Picture picture) {
        fulfilled = true;
        book.accept(Line.of(Fate.TAKEN, picture));
    }

    /**
     * There will be none.
     *
     * @param reason one word
     * @param detail the same in the operator's words
     */
    public void failed(String reason, String detail) {
        fulfilled = true;
        book.accept(expected.then(Fate.FAILED, reason, detail));
    }

    @Override
    public void close() {
        if (!fulfilled) {
            failed(STOPPED, "the order was given up before the picture was safe");
        }
    }
}
