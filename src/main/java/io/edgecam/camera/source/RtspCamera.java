package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import java.io.EOFException;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A network camera over RTSP, read by a child ffmpeg. What the camera sends as JPEG is passed on as it is, anything else
 * is encoded by ffmpeg. For one reading thread; {@link #close} from another one ends ffmpeg and so the read.
 */
final class RtspCamera implements FrameSource {
    private final Recipe recipe;
    private final RateLimit limit;
    private Child child;
    private long damagedBefore;
    private boolean closed;

    private RtspCamera(Recipe recipe, int framerate) throws IOException {
        this.recipe = recipe;
        this.limit = new RateLimit(framerate);
        this.child = new Child(recipe);
    }

    /** @param ffmpeg the program: a name to be looked for, or a path */
    static Opener opener(DeviceSettings settings, String ffmpeg, Programs programs) {
        String where = settings.source().toString();
        AtomicBoolean sendsJpegs = new AtomicBoolean();
        return () -> {
            try {
                Ffmpeg found = new Ffmpeg(programs.find(ffmpeg).toString(), settings.framerate());
                return new RtspCamera(new Recipe(settings, found, sendsJpegs), settings.framerate());
            } catch (IOException e) {
                throw new IOException(where + " is read by ffmpeg, but this device " + e.getMessage(), e);
            }
        };
    }

    @Override
    public Shot next() throws IOException, InterruptedException {
        Child now = current();
        try {
            while (true) {
                Shot shot = now.jpegs.next();
                if (now.encodesJpegs()) {
                    now = restart(now);
                } else if (!now.copies || limit.lets(shot.capturedNanos())) {
                    return shot;
                }
            }
        } catch (EOFException e) {
            throw new IOException(recipe.where() + " " + now.reasonOfItsEnd(), e);
        } catch (IOException e) {
            throw new IOException(recipe.where() + " " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized long damaged() {
        return damagedBefore + child.jpegs.damaged();
    }

    @Override
    public void close() {
        Child last;
        synchronized (this) {
            closed = true;
            last = child;
        }
        last.program.close();
    }

    private synchronized Child current() {
        return child;
    }

    /** Runs ffmpeg anew, now that it is known what the camera sends. */
    private Child restart(Child last) throws IOException {
        last.program.close();
        synchronized (this) {
            if (closed) {
                throw new IOException("was closed");
            }
            damagedBefore = damaged();
            child = new Child(recipe);
            return child;
        }
    }

    /** How ffmpeg is to be run for one camera. */
    private record Recipe(DeviceSettings settings, Ffmpeg ffmpeg, AtomicBoolean sendsJpegs) {
        String where() {
            return settings.source().toString();
        }

        Program start(boolean copies) throws IOException {
            return Program.start(
                    copies ? ffmpeg.copying() : ffmpeg.encoding(), Ffmpeg.script(address()), this::redacted);
        }

        boolean signsIn() {
            return !settings.username().isEmpty();
        }

        /** The address with user name and password in it. */
        private String address() {
            String address = settings.source().address();
            int host = address.indexOf("//") + 2;
            String person = encoded(settings.username()) + ":"
                    + encoded(settings.password().reveal()) + "@";
            return signsIn() ? address.substring(0, host) + person + address.substring(host) : address;
        }

        /** Without address and password, as they were written and as they went to ffmpeg. */
        private String redacted(String line) {
            String text =
                    line.replace(address(), where()).replace(settings.source().address(), where());
            if (settings.password().isEmpty()) {
                return text;
            }
            String password = settings.password().reveal();
            return text.replace(encoded(password), "***").replace(password, "***");
        }

        /** RFC 3986: everything but the unreserved characters (2.3) as %XX. */
        private static String encoded(String text) {
            return URLEncoder.encode(text, UTF_8)
                    .replace("+", "%20")
                    .replace("*", "%2A")
                    .replace("%7E", "~");
        }
    }

    /** One run of ffmpeg. */
    private static final class Child {
        private final Recipe recipe;
        private final boolean copies;
        private final Program program;
        private final JpegStream jpegs;
        private boolean settled;

        Child(Recipe recipe) throws IOException {
            this.recipe = recipe;
            this.copies = recipe.sendsJpegs().get();
            this.program = recipe.start(copies);
            this.jpegs = new JpegStream(program.output());
        }

        /** Whether it encodes what comes as JPEG already. */
        boolean encodesJpegs() {
            if (!settled) {
                settle(program.errors());
            }
            return !copies && recipe.sendsJpegs().get();
        }

        /** After its end, which frees its last words. */
        String reasonOfItsEnd() {
            program.close();
            List<String> words = program.errors();
            settle(words);
            return Ffmpeg.problem(words, recipe.signsIn());
        }

        private void settle(List<String> words) {
            Ffmpeg.seesJpegs(words).ifPresent(jpegs -> {
                settled = true;
                recipe.sendsJpegs().set(jpegs);
            });
        }
    }
}
