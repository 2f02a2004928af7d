package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The JPEGs of a folder in the order of their names, again and again, each captured when it is shown. The folder is read
 * anew for every round. For one reading thread.
 */
final class FolderCamera implements FrameSource {
    private static final int MOST_FILES = 100_000;

    private final Path folder;
    private final long periodNanos;
    private Iterator<Path> round = Collections.emptyIterator();
    private boolean shown = true;
    private String lastProblem = "";
    private final AtomicLong damaged = new AtomicLong();
    private long dueNanos = System.nanoTime();

    private FolderCamera(Path folder, int framerate) {
        this.folder = folder;
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / Math.max(1, framerate);
    }

    static Opener opener(DeviceSettings settings) {
        Path folder = Path.of(settings.source().address());
        return () -> {
            FolderCamera camera = new FolderCamera(folder, settings.framerate());
            camera.begin();
            return camera;
        };
    }

    @Override
    public Shot next() throws IOException, InterruptedException {
        long wait = dueNanos - System.nanoTime();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
        dueNanos = Math.max(dueNanos + periodNanos, System.nanoTime());
        while (true) {
            if (!round.hasNext()) {
                begin();
            }
            Path file = round.next();
            try {
                Shot stored = read(file);
                shown = true;
                return new Shot(stored.image(), System.nanoTime());
            } catch (NoSuchFileException taken) {
                lastProblem = file.getFileName() + " was taken away";
            } catch (IOException e) {
                lastProblem = file.getFileName() + " " + problem(e);
                damaged.incrementAndGet();
            }
        }
    }

    @Override
    public long damaged() {
        return damaged.get();
    }

    @Override
    public void close() {
        // no file stays open
    }

    /** Begins a round; a whole round without a picture is a failure. */
    private void begin() throws IOException {
        if (!shown) {
            throw new IOException(folder + " has no picture that can be shown, the last one, " + lastProblem
                    + ": put whole JPEGs there");
        }
        shown = false;
        round = files().iterator();
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, FolderCamera::isPicture)) {
            for (Path file : all) {
                if (files.size() == MOST_FILES) {
                    throw new IOException(folder + " holds more than " + MOST_FILES
                            + " pictures: choose a folder with fewer, or move the oldest away");
                }
                files.add(file);
            }
        } catch (NoSuchFileException e) {
            throw new IOException(
                    folder + " is not there: make the folder, and in a container bind it (Binds: /on/host:" + folder
                            + ")",
                    e);
        } catch (NotDirectoryException e) {
            throw new IOException(folder + " is no folder: write the folder, not the picture", e);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    folder + " may not be read: give the user of this module the rights to read and enter it", e);
        }
        if (files.isEmpty()) {
            throw new IOException(folder + " has no pictures: put files there whose names end in .jpg or .jpeg");
        }
        Collections.sort(files);
        return files;
    }

    private static boolean isPicture(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return (name.endsWith(".jpg") || name.endsWith(".jpeg")) && Files.isRegularFile(file);
    }

    private static Shot read(Path file) throws IOException, InterruptedException {
        long size = Files.size(file);
        if (size > JpegStream.LONGEST) {
            throw new IOException("has " + size + " bytes, a picture has at most " + JpegStream.LONGEST);
        }
        return new JpegStream(new ByteArrayInputStream(Files.readAllBytes(file))).next();
    }

    private static String problem(IOException e) {
        if (e instanceof EOFException) {
            return "is no whole JPEG";
        }
        return e instanceof AccessDeniedException ? "may not be read" : String.valueOf(e.getMessage());
    }
}
