package io.edgecam.camera.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the programs of this machine. Immutable, for any number of threads. */
final class Programs {
    private static final String USUAL = "/usr/local/bin:/usr/bin:/bin";

    private final String path;

    /** @param path the folders to look into, as in the variable {@code PATH} */
    Programs(String path) {
        this.path = path.isEmpty() ? USUAL : path;
    }

    /**
     * The file of a program.
     *
     * @param name a name to look for, or the whole path of a file
     * @throws IOException if there is none that may be run, with the fix
     */
    Path find(String name) throws IOException {
        if (name.contains("/")) {
            Path file = file(name).orElseThrow(() -> new IOException("has a program whose path is no path"));
            if (!Files.isRegularFile(file)) {
                throw new IOException("has no program at " + name + ": put it there, in a container into the image");
            }
            if (!Files.isExecutable(file)) {
                throw new IOException(
                        "may not run " + name + ": give the user of this module the right to (chmod a+rx)");
            }
            return file;
        }
        return search(name)
                .orElseThrow(() -> new IOException("finds no program " + name + " in PATH (" + path
                        + "): install it, in a container into the image, or write its whole path"));
    }

    private Optional<Path> search(String name) {
        for (String folder : path.split(":", -1)) {
            Optional<Path> file = file(folder + "/" + name)
                    .filter(Path::isAbsolute)
                    .filter(Files::isRegularFile)
                    .filter(Files::isExecutable);
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> file(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
