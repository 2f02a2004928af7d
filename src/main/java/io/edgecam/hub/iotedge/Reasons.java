package io.edgecam.hub.iotedge;

import java.util.ArrayList;
import java.util.List;

/** What the SDK's nested exceptions say, in one line. */
final class Reasons {
    private static final int DEEPEST = 6;

    private Reasons() {}

    /** The messages from the outermost to the root, each once. */
    static String of(Throwable failure) {
        List<String> words = new ArrayList<>();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (words.stream().noneMatch(word -> word.contains(message) || message.contains(word))) {
                words.add(message);
            }
            cause = cause.getCause();
        }
        return String.join(": ", words);
    }
}
