package io.edgecam.storage;

import io.edgecam.picture.Jpeg;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pixels of the last pictures, as many as a bounded memory holds, whether they have arrived or not. For any number of
 * threads.
 */
final class RecentImages {
    /** 12 pictures of 1080p, or 27 of 720p. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private final int maxBytes;
    private final Map<String, Jpeg> oldestFirst = new LinkedHashMap<>();
    private long bytes;

    RecentImages(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized void add(String id, Jpeg image) {
        Jpeg before = oldestFirst.put(id, image);
        bytes += image.length() - (before == null ? 0 : before.length());
        var oldest = oldestFirst.values().iterator();
        while (bytes > maxBytes) {
            bytes -= oldest.next().length();
            oldest.remove();
        }
    }

    synchronized Optional<Jpeg> find(String id) {
        return Optional.ofNullable(oldestFirst.get(id));
    }
}
