package io.edgecam.camera.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Linux tells of the host's video devices and of who uses them. A container sees the devices of the whole host here,
 * but only its own processes. For any number of threads.
 */
final class VideoDevices {
    private final Path sys;
    private final Path proc;

    /**
     * @param sys where the kernel tells of devices, mostly /sys
     * @param proc where the kernel tells of processes, mostly /proc
     */
    VideoDevices(Path sys, Path proc) {
        this.sys = sys;
        this.proc = proc;
    }

    /** One device: what the driver calls it, and whether it is the one of its camera that gives pictures. */
    record Entry(Path folder) {
        String name() {
            return text(folder.resolve("name"));
        }

        boolean isFirst() {
            return text(folder.resolve("index")).equals("0");
        }

        boolean sameCamera(Entry other) {
            try {
                return Files.isSameFile(folder.resolve("device"), other.folder.resolve("device"));
            } catch (IOException e) {
                return false;
            }
        }

        /** As {@code /dev/video0 (HD Webcam)}. */
        @Override
        public String toString() {
            return "/dev/" + folder.getFileName() + " (" + name() + ")";
        }
    }

    /** The device that the host knows under this name, such as {@code video0}. */
    Optional<Entry> named(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /** The device behind a file, found by its numbers, for a container may give it another name. */
    Optional<Entry> behind(Path file) {
        try {
            long device = (long) Files.getAttribute(file, "unix:rdev");
            long major = ((device >>> 8) & 0xFFF) | ((device >>> 32) & ~0xFFFL);
            long minor = (device & 0xFF) | ((device >>> 12) & ~0xFFL);
            return Optional.of(
                    new Entry(sys.resolve("dev/char/" + major + ":" + minor).toRealPath()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The device of the same camera that gives pictures, if this one does not. */
    Optional<Entry> firstBeside(Entry entry) {
        return entry.isFirst()
                ? Optional.empty()
                : all().values().stream()
                        .filter(other -> other.isFirst() && other.sameCamera(entry))
                        .findFirst();
    }

    /** Of each camera the device that gives pictures, by the name that the host knows it under. */
    Map<String, Entry> first() {
        Map<String, Entry> first = all();
        first.values().removeIf(entry -> !entry.isFirst());
        return first;
    }

    /** The process that has a file open, in words, as far as this user may see it. */
    Optional<String> userOf(Path file) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            Path real = file.toRealPath();
            for (Path process : processes) {
                if (hasOpen(process, real)) {
                    return Optional.of(nameOf(process));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        Map<String, Entry> all = all();
        return all.isEmpty()
                ? "there is no video device on this host"
                : "the video devices of this host are "
                        + all.values().stream().map(Entry::toString).collect(Collectors.joining(", "));
    }

    private Map<String, Entry> all() {
        Map<String, Entry> all = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(sys.resolve("class/video4linux"), "video*")) {
            entries.forEach(entry -> all.put(entry.getFileName().toString(), new Entry(entry)));
        } catch (IOException | DirectoryIteratorException none) {
            all.clear();
        }
        return all;
    }

    private static boolean hasOpen(Path process, Path file) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path one : open) {
                if (pointsTo(one, file)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException notMine) {
            return false;
        }
        return false;
    }

    private static boolean pointsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static String nameOf(Path process) {
        String number = process.getFileName().toString();
        return number.equals(Long.toString(ProcessHandle.current().pid()))
                ? "another camera of this module"
                : "process " + number + " (" + text(process.resolve("comm")) + ")";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "?";
        }
    }
}
