package io.edgecam.hub;

import com.google.gson.JsonObject;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import io.edgecam.json.MergePatch;
import io.edgecam.picture.Identity;
import io.edgecam.thread.Worker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In place of a hub: files that hold the desired document, each laid over those before it. They are read again whenever
 * one of their folders changes, by a thread of its own, {@code settings}. Nothing is reported or sent.
 */
public final class SettingsFiles implements HubLink {
    private static final Logger log = LoggerFactory.getLogger(SettingsFiles.class);
    private static final long MAX_BYTES = 1 << 20;

    private final List<Path> files;
    private final LinkStatus status;
    private @Nullable Worker worker;

    public SettingsFiles(List<Path> files, InstantSource clock) {
        this.files = files.stream().map(Path::toAbsolutePath).toList();
        this.status = new LinkStatus("none", false, clock.instant(), "there is no hub", 0);
    }

    /**
     * Reads a desired document from files, each a JSON merge patch of those before it; from none an empty one.
     *
     * @throws IOException if one cannot be read, with the fix
     */
    public static JsonObject read(List<Path> files) throws IOException {
        JsonObject document = new JsonObject();
        for (Path file : files) {
            document = MergePatch.apply(document, read(file));
        }
        return document;
    }

    private static JsonObject read(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("settings file " + file + " is longer than " + MAX_BYTES + " bytes");
            }
            if (Json.parse(Files.readString(file)) instanceof JsonObject document) {
                return document;
            }
            throw new IOException("settings file " + file + " must hold one JSON object, such as {\"cameras\": {}}");
        } catch (JsonException e) {
            throw new IOException("settings file " + file + " is not JSON: " + e.getMessage(), e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException("there is no settings file " + file, e);
        }
    }

    @Override
    public Identity identity() {
        return new Identity(hostName(), "edgecam");
    }

    @Override
    public void open(Door door) {
        worker = Worker.start("settings", () -> run(door));
    }

    /** There is nothing to wait for. */
    @Override
    public boolean awaitConnected(Duration patience) {
        return true;
    }

    @Override
    public void report(JsonObject patch) {
        log.debug("Not reported, there is no hub");
    }

    @Override
    public void send(OutgoingMessage message) {
        log.debug("Not sent, there is no hub: {}", message.id());
    }

    @Override
    public LinkStatus status() {
        return status;
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
    }

    private void run(Door door) throws InterruptedException {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            for (Path file : files) {
                folderOf(file)
                        .register(
                                watch,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_MODIFY,
                                StandardWatchEventKinds.ENTRY_DELETE);
            }
            JsonObject last = null;
            for (long version = 1; ; version++) {
                last = deliver(door, last, version);
                WatchKey key = watch.take();
                key.pollEvents();
                key.reset();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the folders of " + files + " cannot be watched", e);
        }
    }

    private @Nullable JsonObject deliver(Door door, @Nullable JsonObject last, long version) {
        try {
            JsonObject now = read(files);
            if (!now.equals(last)) {
                door.desired(now, version);
            }
            return now;
        } catch (IOException e) {
            log.warn("The settings before go on: {}", e.getMessage());
            return last;
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalStateException("an absolute path has a parent: " + file);
        }
        return folder;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
