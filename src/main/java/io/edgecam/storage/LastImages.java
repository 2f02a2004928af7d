package io.edgecam.storage;

import io.edgecam.picture.Jpeg;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The pixels of the pictures that were kept last, so that they can be looked at after they have left the spool. Within two
 * bounds, of number and of bytes; the oldest go first. For any number of threads.
 */
final class LastImages {
    private static final int MOST = 24;
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    private final Deque<Kept> oldestFirst = new ArrayDeque<>();
    private long bytes;

    synchronized void keep(String id, Jpeg image) {
        oldestFirst.addLast(new Kept(id, image));
        bytes += image.length();
        while (oldestFirst.size() > MOST || bytes > MOST_BYTES) {
            bytes -= oldestFirst.removeFirst().image().length();
        }
    }

    synchronized Optional<Jpeg> find(String id) {
        return oldestFirst.stream()
                .filter(kept -> kept.id().equals(id))
                .map(Kept::image)
                .findFirst();
    }

    private record Kept(String id, Jpeg image) {}
}
