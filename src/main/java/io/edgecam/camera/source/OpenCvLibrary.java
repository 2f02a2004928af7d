package io.edgecam.camera.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import nu.pattern.OpenCV;
import org.opencv.core.Core;

/**
 * OpenCV's native code, loaded once, when the first camera needs it. For any number of threads; a load that failed is
 * tried again by the next one.
 *
 * <p>A library that has to be unpacked is deleted as soon as it is loaded, which Linux allows: nothing is left over when the
 * process ends, be it killed. What a kill in the middle of unpacking leaves, the next start takes away.
 */
final class OpenCvLibrary {
    /** Names the library's file, as environment variable or system property; without it the jar's own is unpacked. */
    static final String PATH = "EDGECAM_OPENCV_LIBRARY";

    private static final String PREFIX = "edgecam-opencv-";
    /** No unpacking takes so long, so an older file belongs to no one. */
    private static final Duration OLD = Duration.ofMinutes(10);

    /** The one thing here that is the process's own: native code is in it or not. */
    private static boolean loaded;

    private OpenCvLibrary() {}

    static synchronized void load() throws IOException {
        if (loaded) {
            return;
        }
        String path = System.getProperty(PATH, System.getenv().getOrDefault(PATH, ""));
        try {
            if (path.isEmpty()) {
                loadFromJar();
            } else {
                System.load(path);
            }
            loaded = true;
        } catch (IOException | LinkageError | RuntimeException e) {
            String from = path.isEmpty() ? "unpacked into the temporary folder" : "at " + path;
            throw new IOException(
                    "OpenCV's library " + from + " cannot be loaded (" + e.getMessage() + "): set " + PATH
                            + " to the file for this processor, or make the temporary folder writable and executable,"
                            + " with 70 MB of room",
                    e);
        }
    }

    private static void loadFromJar() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        deleteOld(folder);
        String inside = "/nu/pattern/opencv/linux/" + processor() + "/lib" + Core.NATIVE_LIBRARY_NAME + ".so";
        try (InputStream packed = OpenCV.class.getResourceAsStream(inside)) {
            if (packed == null) {
                throw new FileNotFoundException("there is none for this processor, " + System.getProperty("os.arch"));
            }
            Path file = Files.createTempFile(folder, PREFIX, ".so");
            try {
                Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
                System.load(file.toAbsolutePath().toString());
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }

    /** From Java's name of the processor to that of the jar. */
    private static String processor() {
        String java = System.getProperty("os.arch");
        return switch (java) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "ARMv8";
            case "arm" -> "ARMv7";
            default -> java;
        };
    }

    private static void deleteOld(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*.so")) {
            for (Path file : left) {
                if (Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(Instant.now().minus(OLD))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
