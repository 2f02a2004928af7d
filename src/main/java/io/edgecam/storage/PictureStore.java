package io.edgecam.storage;

import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;

/** Where pictures end up. Used by one thread at a time, except for {@link #locate}, which is for any number. */
public interface PictureStore extends AutoCloseable {
    /** What a picture of this name is called there. */
    Location locate(String blobName);

    /**
     * Keeps a picture under its name; returns only after the store itself said yes. Storing the same picture again is
     * harmless and no error.
     *
     * @param again whether it may have been sent before: then a store that must not be read but has something of that
     *     name is believed to have this picture
     */
    void put(Picture picture, Jpeg image, boolean again) throws StoreException, InterruptedException;

    /** Replaces what is kept under this name: the newest picture of a camera. */
    void replace(String blobName, Picture picture, Jpeg image) throws StoreException, InterruptedException;

    /** Writes, reads if it may and deletes a probe; what it says is for an operator. */
    String probe() throws StoreException, InterruptedException;

    @Override
    void close();

    /**
     * A place in a store.
     *
     * @param url without any signature
     */
    record Location(String container, String url) {}
}
