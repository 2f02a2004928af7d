package io.edgecam.camera.source;

import java.io.IOException;
import java.nio.file.Path;

/** A program for a process of a user without rights: says what is wrong with a device. */
final class VideoDeviceLook {
    private VideoDeviceLook() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        try {
            VideoDevice.at(Path.of(args[0])).check();
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
