package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against real files, and folders that are laid out as the kernel lays out /sys. */
@Timeout(60)
class VideoDeviceTest {
    /** A character device that everyone may open: the numbers of /dev/full are 1 and 7. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    private Path device = Path.of("");
    private Path sys = Path.of("");

    @BeforeEach
    void makeAHost() throws Exception {
        assumeTrue(Files.exists(FULL), "V4L2 is a thing of Linux");
        device = folder.resolve("video1");
        sys = Files.createDirectory(folder.resolve("sys"));
        entry("video0", 0);
        Path second = entry("video1", 1);
        Files.createDirectories(sys.resolve("dev/char"));
        Files.createSymbolicLink(sys.resolve("dev/char/1:7"), second);
    }

    @AfterEach
    void takeTheLinkAway() throws IOException {
        Files.deleteIfExists(device);
    }

    @Test
    void isNotThere() {
        device = folder.resolve("video2");

        assertRefused("video2 is not there: plug the camera in", "HostConfig.Devices", "/dev/video0 (Webcam)");
    }

    @Test
    void isOnTheHostButNotHandedToTheContainer() {
        assertRefused(
                "is not handed to this container, though the host has /dev/video1 (Webcam)", "HostConfig.Devices");
    }

    @Test
    void isALinkToNothing() throws Exception {
        Files.createSymbolicLink(device, folder.resolve("video7"));

        assertRefused("points to a device that is not there: plug the camera in again");
    }

    @Test
    void isALinkToADeviceThatTheContainerWasNotGiven() throws Exception {
        Files.createSymbolicLink(device, folder.resolve("video0"));

        assertRefused("is not handed to this container, though the host has /dev/video0 (Webcam)");
    }

    @Test
    void isAFile() throws Exception {
        Files.writeString(device, "");

        assertRefused("video1 is a file and no video device", "/dev/video0 (Webcam), ");
    }

    @Test
    void isAFolder() throws Exception {
        Files.createDirectory(device);

        assertRefused("video1 is a folder and no video device");
    }

    @Test
    void mayBeOpened() throws Exception {
        Files.createSymbolicLink(device, FULL);

        device().check();
    }

    @Test
    void isTheDeviceForDataOfAnotherOne() throws Exception {
        Files.createSymbolicLink(device, FULL);

        assertThat(device().whyNoCamera())
                .contains(
                        "gives only data about pictures: use the other device of the same camera, /dev/video0 (Webcam)");
    }

    @Test
    void isInUse() throws Exception {
        Files.createSymbolicLink(device, FULL);
        Process other = new ProcessBuilder("sleep", "1000")
                .redirectInput(device.toFile())
                .start();
        try {
            assertThat(device().whyNoCamera()).contains("is in use by process " + other.pid() + " (sleep): end that");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void hasNoDriverBehindIt() throws Exception {
        String said = makeNode("600");
        assumeTrue(said.isEmpty(), "only root may make device files: " + said);
        assumeTrue(devicesMayBeOpened(), "device files may not be opened in " + folder);

        assertRefused("has no camera behind it now: plug it in again", "restart the container");
    }

    @Test
    void belongsToAGroupThatTheUserIsNotIn() throws Exception {
        String said = makeNode("660");
        assumeTrue(said.isEmpty(), "only root may make device files, and become a user without rights: " + said);
        run("chgrp", "44", device.toString());
        Path classes = folder.resolve("classes/io/edgecam/camera/source");
        Files.createDirectories(classes);
        for (Class<?> needed :
                List.of(VideoDevice.class, VideoDevices.class, VideoDevices.Entry.class, VideoDeviceLook.class)) {
            String name = needed.getName().replaceFirst(".*\\.", "") + ".class";
            try (var bytes = needed.getResourceAsStream(name)) {
                Files.write(classes.resolve(name), bytes.readAllBytes());
            }
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        String line = run(
                "setpriv",
                "--reuid",
                "65534",
                "--regid",
                "65534",
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder.resolve("classes").toString(),
                VideoDeviceLook.class.getName(),
                device.toString());

        assertThat(line).contains("video1 may not be opened by this user: add it to the group 44", "GroupAdd");
    }

    private VideoDevice device() {
        return new VideoDevice(device, new VideoDevices(sys, Path.of("/proc")));
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> device().check())
                .isInstanceOf(IOException.class)
                .message()
                .contains(parts);
    }

    private Path entry(String name, int index) throws IOException {
        Path interfaceOfCamera = Files.createDirectories(sys.resolve("devices/usb1"));
        Path entry = Files.createDirectories(sys.resolve("class/video4linux").resolve(name));
        Files.writeString(entry.resolve("name"), "Webcam\n");
        Files.writeString(entry.resolve("index"), index + "\n");
        Files.createSymbolicLink(entry.resolve("device"), interfaceOfCamera);
        return entry;
    }

    /** A video device of a number that no camera has; what mknod says. */
    private String makeNode(String mode) throws Exception {
        return run("mknod", "-m", mode, device.toString(), "c", "81", "250");
    }

    private boolean devicesMayBeOpened() throws Exception {
        Path zero = folder.resolve("zero");
        return run("mknod", zero.toString(), "c", "1", "5").isEmpty()
                && run("head", "-c", "0", zero.toString()).isEmpty()
                && run("head", "-c", "1", device.toString()).contains("No such device");
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return said;
    }
}
