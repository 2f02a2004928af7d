package io.edgecam.web;

import com.google.gson.JsonArray;
import io.edgecam.metrics.WebFigures;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/**
 * One WebSocket that cameras are shown on. One message is on its way at a time; behind it wait the newest picture of each
 * camera, and what has to be told. Nothing piles up: what is not sent in time is replaced by what is newer. For the I/O
 * thread alone.
 */
final class LiveViewer implements WebSocketCallback<Void> {
    private static final Logger log = LoggerFactory.getLogger(LiveViewer.class);

    private final WebSocketChannel channel;
    private final Windows windows;
    private final Audience audience;
    private final boolean stamped;
    private final Duration patience;
    private final LiveEar ear = new LiveEar(this);
    private final Map<String, Lane> lanes = new HashMap<>();
    /** Those that waited longest first, so that no camera starves another. */
    private final Map<String, Part> waiting = new LinkedHashMap<>();

    private Watch watch;
    private @Nullable News news;
    private @Nullable List<String> toldCameras;
    private News.@Nullable Text toldStatus;
    private News.@Nullable Text toldPictures;
    private long toldEvent;
    private @Nullable ByteBuffer pong;
    private @Nullable String refusal;
    private @Nullable Runnable leave;
    private boolean sending;
    private long sendingSinceNanos;
    private boolean pumping;

    /** @param patience with the reader of one message */
    LiveViewer(
            WebSocketChannel channel,
            Windows windows,
            Audience audience,
            Watch watch,
            boolean stamped,
            Duration patience) {
        this.channel = channel;
        this.windows = windows;
        this.audience = audience;
        this.watch = watch;
        this.stamped = stamped;
        this.patience = patience;
        this.toldEvent = windows.events().last();
    }

    /** @param leave is run once, when the connection is closed by either end */
    void start(News now, Runnable leave) {
        this.leave = leave;
        this.news = now;
        channel.addCloseTask(closed -> left());
        channel.getReceiveSetter().set(ear);
        channel.resumeReceives();
        pump();
    }

    /** Comes when there may be something to tell, and once a second at least. */
    void follow(News now) {
        news = now;
        if (sending && System.nanoTime() - sendingSinceNanos > patience.toNanos()) {
            log.info("A viewer of the live page does not read any more and is closed");
            windows.figures().closed(WebFigures.Kind.LIVE);
            close();
            return;
        }
        pump();
    }

    /** Begins a new second of what the other side may say. */
    void tick() {
        ear.tick();
    }

    void hear(String message) {
        try {
            watch = Watch.read(message, windows.cameras());
        } catch (RefusedException e) {
            refusal = e.reply().text();
        }
        pump();
    }

    /** Only the last ping needs an answer (RFC 6455, 5.5.3). */
    void answer(ByteBuffer ping) {
        pong = ping;
        pump();
    }

    /** @param reason at most 123 bytes */
    void close(int code, String reason) {
        if (!channel.isCloseFrameSent()) {
            WebSockets.sendClose(code, reason, channel, null);
        }
        close();
    }

    void close() {
        IoUtils.safeClose(channel);
        left();
    }

    /** A message has gone out. */
    @Override
    public void complete(WebSocketChannel sent, @Nullable Void nothing) {
        sending = false;
        pump();
    }

    @Override
    public void onError(WebSocketChannel sent, @Nullable Void nothing, Throwable gone) {
        close();
    }

    private void offer(String camera, Part part) {
        if (waiting.put(camera, part) != null) {
            windows.figures().skipped(camera, WebFigures.Kind.LIVE);
        }
        pump();
    }

    private void left() {
        Runnable once = leave;
        leave = null;
        if (once != null) {
            List.copyOf(lanes.keySet()).forEach(this::unwatch);
            once.run();
        }
    }

    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (!sending && leave != null && !isClosing()) {
                if (!sendNext()) {
                    return;
                }
            }
        } finally {
            pumping = false;
        }
    }

    private boolean isClosing() {
        return channel.isCloseFrameSent() || channel.isCloseFrameReceived();
    }

    /** Words go before pictures, so that an index always counts in the list that was told last. */
    private boolean sendNext() {
        ByteBuffer ping = pong;
        if (ping != null) {
            pong = null;
            begin();
            WebSockets.sendPong(ping, channel, this);
            return true;
        }
        Optional<String> words = nextWords();
        if (words.isPresent()) {
            begin();
            WebSockets.sendText(ByteBuffer.wrap(words.get().getBytes(StandardCharsets.UTF_8)), channel, this);
            return true;
        }
        Iterator<Map.Entry<String, Part>> pictures = waiting.entrySet().iterator();
        if (!pictures.hasNext()) {
            return false;
        }
        Map.Entry<String, Part> picture = pictures.next();
        pictures.remove();
        begin();
        WebSockets.sendBinary(picture.getValue().message(index(picture.getKey())), channel, this);
        return true;
    }

    private void begin() {
        sending = true;
        sendingSinceNanos = System.nanoTime();
    }

    /** Another text is something new to tell even if it reads the same. */
    @SuppressWarnings("ReferenceEquality")
    private Optional<String> nextWords() {
        News now = news;
        if (now == null) {
            return Optional.empty();
        }
        List<String> cameras = watch.among(now.cameras());
        if (!cameras.equals(toldCameras)) {
            toldCameras = cameras;
            return Optional.of(show(cameras));
        }
        String wrong = refusal;
        if (wrong != null) {
            refusal = null;
            return Optional.of(wrong);
        }
        if (now.status() != toldStatus) {
            toldStatus = now.status();
            return Optional.of(now.status().json());
        }
        if (now.pictures() != toldPictures) {
            toldPictures = now.pictures();
            return Optional.of(now.pictures().json());
        }
        return windows.events().after(toldEvent).map(event -> {
            toldEvent = event.number();
            return News.Text.of("event", event.json()).json();
        });
    }

    /** Leaves the lanes of the others; in words. */
    private String show(List<String> cameras) {
        List.copyOf(lanes.keySet()).stream()
                .filter(shown -> !cameras.contains(shown))
                .forEach(this::unwatch);
        JsonArray list = new JsonArray();
        for (String camera : cameras) {
            list.add(camera);
            lanes.computeIfAbsent(camera, unseen -> {
                Lane lane = new Lane(this, unseen);
                audience.watch(new View(unseen, stamped), lane, channel.getIoThread());
                return lane;
            });
        }
        return News.Text.of("cameras", list).json();
    }

    private void unwatch(String camera) {
        Lane lane = lanes.remove(camera);
        waiting.remove(camera);
        if (lane != null) {
            audience.unwatch(new View(camera, stamped), lane);
        }
    }

    private int index(String camera) {
        return toldCameras == null ? 0 : toldCameras.indexOf(camera);
    }

    /** One of its cameras. A camera that is silent closes nothing: others are still shown, and it may come back. */
    private static final class Lane implements Viewer {
        private final LiveViewer viewer;
        private final String camera;

        Lane(LiveViewer viewer, String camera) {
            this.viewer = viewer;
            this.camera = camera;
        }

        @Override
        public void offer(Part part) {
            if (viewer.lanes.get(camera) == this) {
                viewer.offer(camera, part);
            }
        }

        @Override
        public void look(Duration silence) {}

        @Override
        public void close() {
            viewer.close();
        }
    }
}
