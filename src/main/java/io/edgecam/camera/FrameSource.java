package io.edgecam.camera;

import io.edgecam.picture.Jpeg;
import java.io.IOException;

/**
 * An open camera. Read by one thread only, which also closes it; it does not retry, its supervisor does.
 *
 * <p>{@link #close} may come from a second thread while a read is under way, and more than once: a source on the network
 * lets the read fail at once, a source in a native call frees the device when that call returns.
 */
public interface FrameSource extends AutoCloseable {
    /**
     * Waits for the next whole image.
     *
     * @throws IOException if the camera is gone, in the operator's words; the source is then useless and must be closed
     */
    Shot next() throws IOException, InterruptedException;

    /** How many images it has thrown away since it was opened because they were cut off or damaged. For any thread. */
    default long damaged() {
        return 0;
    }

    @Override
    void close();

    /**
     * One image and when it was taken.
     *
     * @param capturedNanos on the scale of {@link System#nanoTime}: the device's own stamp where it has one, else the
     *     moment its first byte came
     */
    record Shot(Jpeg image, long capturedNanos) {}

    /** Opens a camera; called again after each failure. */
    interface Opener {
        FrameSource open() throws IOException, InterruptedException;
    }
}
