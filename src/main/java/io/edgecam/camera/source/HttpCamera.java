package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A network camera over HTTP: an MJPEG stream, or a snapshot that is fetched again and again, told apart by the content
 * type of the first answer. For one reading thread; {@link #close} from another one ends its read.
 */
final class HttpCamera implements FrameSource {
    private final HttpDoor door;
    private final String where;
    private final boolean stream;
    private final long periodNanos;
    private long dueNanos;
    private boolean fresh = true;
    private volatile InputStream body;
    private JpegStream jpegs;

    private HttpCamera(HttpDoor door, String where, HttpResponse<InputStream> answer, int framerate)
            throws IOException {
        this.door = door;
        this.where = where;
        this.body = answer.body();
        this.jpegs = new JpegStream(body);
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / Math.max(1, framerate);
        this.dueNanos = System.nanoTime() + periodNanos;
        String type = answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        this.stream = type.startsWith("multipart/");
        if (!stream && !type.startsWith("image/jpeg") && !type.startsWith("image/jpg")) {
            body.close();
            throw new IOException("answers with " + (type.isEmpty() ? "no content type" : type)
                    + ", wanted is an MJPEG stream (multipart/x-mixed-replace) or a snapshot (image/jpeg):"
                    + " is this the address of a page around the camera?");
        }
    }

    static Opener opener(DeviceSettings settings) {
        URI address;
        try {
            address = URI.create(settings.source().address());
        } catch (IllegalArgumentException e) {
            return failing("the source is not a web address; write http://HOST/PATH, special characters as %XX");
        }
        if (address.getHost() == null) {
            return failing("the source names no host; write http://HOST/PATH");
        }
        String where = HttpDoor.publicPart(address);
        HttpDoor door = new HttpDoor(address, settings);
        return () -> {
            try {
                return new HttpCamera(door, where, door.ask(), settings.framerate());
            } catch (IOException e) {
                throw named(where, e);
            }
        };
    }

    @Override
    public Shot next() throws IOException, InterruptedException {
        try {
            if (!stream && !fresh) {
                fetch();
            }
            fresh = false;
            return jpegs.next();
        } catch (IOException e) {
            throw named(where, e);
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // it is over either way
            fresh = false;
        }
    }

    private void fetch() throws IOException, InterruptedException {
        long wait = dueNanos - System.nanoTime();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
        dueNanos = System.nanoTime() + periodNanos;
        body.close();
        body = door.ask().body();
        jpegs = new JpegStream(body);
    }

    private static Opener failing(String reason) {
        return () -> {
            throw new IOException(reason);
        };
    }

    private static IOException named(String where, IOException reason) {
        return new IOException(where + " " + reason.getMessage(), reason);
    }
}
