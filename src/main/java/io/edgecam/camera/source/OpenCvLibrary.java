package io.edgecam.camera.source;

import java.io.IOException;
import nu.pattern.OpenCV;

/** OpenCV's native code, loaded when the first camera needs it. For any number of threads; loading twice is harmless. */
final class OpenCvLibrary {
    /** Names the library's file, as environment variable or system property; without it the jar's own is unpacked. */
    static final String PATH = "EDGECAM_OPENCV_LIBRARY";

    private OpenCvLibrary() {}

    static void load() throws IOException {
        String path = System.getProperty(PATH, System.getenv().getOrDefault(PATH, ""));
        try {
            if (path.isEmpty()) {
                OpenCV.loadLocally();
            } else {
                System.load(path);
            }
        } catch (LinkageError | RuntimeException e) {
            String from = path.isEmpty() ? "unpacked into the temporary folder" : "at " + path;
            throw new IOException(
                    "OpenCV's library " + from + " cannot be loaded (" + e.getMessage() + "): set " + PATH
                            + " to the file for this processor, or make the temporary folder writable and executable",
                    e);
        }
    }
}
