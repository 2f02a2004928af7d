package io.edgecam.camera.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A video device by the path that the operator gave it. It is looked at from outside of its driver, so that one that
 * cannot be used is told with the reason and the fix, within milliseconds. For any number of threads.
 */
final class VideoDevice {
    private static final int KIND_OF_FILE = 0xF000;
    private static final int CHARACTER_DEVICE = 0x2000;

    private final Path path;
    private final VideoDevices host;

    VideoDevice(Path path, VideoDevices host) {
        this.path = path;
        this.host = host;
    }

    static VideoDevice at(Path path) {
        return new VideoDevice(path, new VideoDevices(Path.of("/sys"), Path.of("/proc")));
    }

    /** Those of this host that give pictures, in words, each with what keeps this process from opening it. */
    static Map<String, Optional<String>> all() {
        VideoDevices host = new VideoDevices(Path.of("/sys"), Path.of("/proc"));
        Map<String, Optional<String>> all = new TreeMap<>();
        host.first().forEach((name, entry) -> {
            VideoDevice device = new VideoDevice(Path.of("/dev").resolve(name), host);
            all.put(entry.toString(), device.reasonNow());
        });
        return all;
    }

    /**
     * Looks at the file and opens it for a moment.
     *
     * @throws IOException if no camera can be there, with the fix
     */
    void check() throws IOException {
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode");
            if ((mode & KIND_OF_FILE) != CHARACTER_DEVICE) {
                throw new IOException(path + " is a " + (Files.isDirectory(path) ? "folder" : "file")
                        + " and no video device; " + host);
            }
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    .close();
        } catch (NoSuchFileException e) {
            throw new IOException(absent(), e);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    path + " may not be opened by this user: add it to the group " + group()
                            + ", which owns the device (in a container: GroupAdd)",
                    e);
        } catch (FileSystemException e) {
            throw new IOException(refused(String.valueOf(e.getReason())), e);
        } catch (UnsupportedOperationException e) {
            throw new IOException(path + " is a device of Linux, and this system is not Linux", e);
        }
    }

    /** Why it is no camera although it could be opened; to be asked when OpenCV has refused it. */
    String whyNoCamera() {
        Optional<String> user = host.userOf(path);
        if (user.isPresent()) {
            return busy(user.get());
        }
        Optional<VideoDevices.Entry> entry = host.behind(path);
        Optional<VideoDevices.Entry> first = entry.flatMap(host::firstBeside);
        if (first.isPresent()) {
            return path + " gives only data about pictures: use the other device of the same camera, " + first.get();
        }
        return path + entry.map(known -> " (" + known.name() + ")").orElse("")
                + " cannot be opened as a camera: either another program uses it, perhaps outside of this container; or it"
                + " is no camera; or one without a picture format that is known here; " + host;
    }

    /** Why it gave not even its first frame. */
    String whyNoStart() {
        return reasonNow()
                .orElseGet(() ->
                        path + " does not start to give pictures: mostly the USB bus has no room for them; choose a"
                                + " smaller width, height or framerate, or another port");
    }

    /** Why it gave no more frames. */
    String whyLost() {
        return reasonNow()
                .orElseGet(() -> path + " gives no more frames: it was unplugged for a moment, lost power, or another"
                        + " program took it");
    }

    private Optional<String> reasonNow() {
        try {
            check();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private String absent() throws IOException {
        boolean link = Files.isSymbolicLink(path);
        Path named = link ? Files.readSymbolicLink(path) : path;
        Optional<VideoDevices.Entry> onHost = host.named(String.valueOf(named.getFileName()));
        if (onHost.isPresent()) {
            return path + " is not handed to this container, though the host has " + onHost.get()
                    + ": add it to HostConfig.Devices (PathOnHost and PathInContainer, CgroupPermissions rw)";
        }
        if (link) {
            return path + " points to a device that is not there: plug the camera in again";
        }
        return path
                + " is not there: plug the camera in; in a container also hand it over (HostConfig.Devices: PathOnHost "
                + path + "); " + host;
    }

    private String refused(String reason) {
        if (reason.startsWith("No such device")) {
            return path + " has no camera behind it now: plug it in again; if it is plugged in, it got another number"
                    + " meanwhile, so use its name in /dev/v4l/by-id, or restart the container; " + host;
        }
        if (reason.startsWith("Operation not permitted")) {
            return path + " may not be opened in this container: hand it over in HostConfig.Devices, with"
                    + " CgroupPermissions rw";
        }
        if (reason.endsWith("busy")) {
            return busy(host.userOf(path).orElse("another program"));
        }
        return path + " cannot be opened: " + reason;
    }

    private String busy(String user) {
        return path + " is in use by " + user + ": end that, for a camera serves one program at a time";
    }

    /** By name, where this system knows one, and by number, which is what counts in a container. */
    private String group() {
        try {
            String number = String.valueOf(Files.getAttribute(path, "unix:gid"));
            String name = String.valueOf(Files.getAttribute(path, "unix:group"));
            return name.equals(number) ? number : number + " (" + name + ")";
        } catch (IOException e) {
            return "video";
        }
    }
}
