package io.edgecam.camera.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a program is started under so that it does not outlive the module, not even one that is killed: {@code setpriv}
 * of util-linux has the kernel send a signal when the thread that started it ends, {@code timeout} of coreutils passes
 * that on to the whole process group and follows it with SIGKILL. Neither stays between the program and its pipes. Has no
 * state, for any number of threads.
 */
final class Guard {
    private static final Programs USUAL = new Programs("/usr/bin:/bin");
    private static final List<String> PREFIX = prefix();

    private Guard() {}

    static List<String> around(List<String> command) {
        List<String> guarded = new ArrayList<>(PREFIX);
        guarded.addAll(command);
        return guarded;
    }

    /** Empty where the two are not, or are BusyBox's, which know other options. */
    private static List<String> prefix() {
        try {
            Path setpriv = USUAL.find("setpriv");
            Path timeout = USUAL.find("timeout");
            if (setpriv.toRealPath().endsWith("busybox") || timeout.toRealPath().endsWith("busybox")) {
                return List.of();
            }
            return List.of(setpriv.toString(), "--pdeathsig", "TERM", timeout.toString(), "--kill-after=3", "0");
        } catch (IOException absent) {
            return List.of();
        }
    }
}
