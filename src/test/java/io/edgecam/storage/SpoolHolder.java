package io.edgecam.storage;

import java.io.IOException;
import java.nio.file.Path;

/** A process that has a spool's folder until it is killed. */
final class SpoolHolder {
    private SpoolHolder() {}

    public static void main(String[] args) throws IOException {
        try (SpoolFiles files = SpoolFiles.open(Path.of(args[0]))) {
            System.out.println(files.isThere() ? "held" : "not held");
            System.in.transferTo(System.out);
        }
    }
}
