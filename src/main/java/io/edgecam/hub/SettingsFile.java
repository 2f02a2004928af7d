package io.edgecam.hub;

import com.google.gson.JsonObject;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import io.edgecam.picture.Identity;
import io.edgecam.thread.Worker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In place of a hub: a file that holds the desired document. It is read again whenever its folder changes, by a thread
 * of its own, {@code settings}. Nothing is reported or sent.
 */
public final class SettingsFile implements HubLink {
    private static final Logger log = LoggerFactory.getLogger(SettingsFile.class);
    private static final long MAX_BYTES = 1 << 20;

    private final Path file;
    private final LinkStatus status;
    private @Nullable Worker worker;

    public SettingsFile(Path file, InstantSource clock) {
        this.file = file.toAbsolutePath();
        this.status = new LinkStatus("none", false, clock.instant(), "there is no hub", 0);
    }

    /**
     * Reads a desired document from a file.
     *
     * @throws IOException if there is none that can be read, with the fix
     */
    public static JsonObject read(Path file) throws IOException {
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
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalStateException("an absolute path has a parent: " + file);
        }
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            JsonObject last = null;
            for (long version = 1; ; version++) {
                last = deliver(door, last, version);
                WatchKey key = watch.take();
                key.pollEvents();
                key.reset();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the folder of " + file + " cannot be watched", e);
        }
    }

    private @Nullable JsonObject deliver(Door door, @Nullable JsonObject last, long version) {
        try {
            JsonObject now = read(file);
            if (!now.equals(last)) {
                door.desired(now, version);
            }
            return now;
        } catch (IOException e) {
            log.warn("The settings before go on: {}", e.getMessage());
            return last;
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
