package io.edgecam.web;

import com.google.gson.JsonArray;
import io.edgecam.metrics.WebFigures;
import io.edgecam.thread.Worker;
import io.undertow.server.HttpServerExchange;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.WebSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * The WebSocket of all cameras at {@code /live}; docs/web.md tells its messages. Its viewers belong to the I/O thread, which
 * looks once a second how the cameras are; a thread of its own looks for pictures, which may wait for a disk. Closed by any
 * thread.
 */
final class Live implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Live.class);
    private static final Duration LOOK_ROUND = Duration.ofSeconds(1);
    /** Many events in a row are one look. */
    private static final Duration BREATH = Duration.ofMillis(200);

    private static final int PICTURES = 12;

    /** RFC 6455, 7.4.1. */
    private static final int GOING_AWAY = 1001;
    /** Of the registry in RFC 6455, 11.7. */
    private static final int TRY_AGAIN_LATER = 1013;

    private final Windows windows;
    private final Audience audience;
    private final Patience patience;
    private final Set<LiveViewer> viewers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean posted = new AtomicBoolean();
    private volatile @Nullable Round round;
    private volatile News.Text pictures = News.Text.of("pictures", new JsonArray());
    private News news;

    Live(Windows windows, Audience audience, Patience patience) {
        this.windows = windows;
        this.audience = audience;
        this.patience = patience;
        this.news = News.of(windows.cameras(), pictures);
    }

    /** Makes a WebSocket of the connection. */
    void show(HttpServerExchange exchange) throws RefusedException {
        Optional<String> camera = Query.camera(exchange);
        Watch watch = camera.isEmpty() ? Watch.ALL : Watch.one(Query.known(camera.get(), windows.cameras()));
        boolean stamped = Query.stamped(exchange);
        audience.checkRoom();
        WebSocketConnectionCallback joining = (upgraded, channel) -> join(channel, watch, stamped);
        var handshake = new WebSocketProtocolHandshakeHandler(
                joining,
                refused -> Reply.error(426, "UpgradeRequired", "/live is a WebSocket, version 13: ws://…/live")
                        .with("Upgrade", "websocket")
                        .send(refused));
        try {
            handshake.handleRequest(exchange);
        } catch (Exception e) {
            throw new IllegalStateException("the handshake of a WebSocket failed", e);
        }
    }

    @Override
    public void close() {
        Round running = round;
        if (running != null) {
            running.close();
            running.thread().execute(() -> viewers.forEach(viewer -> viewer.close(GOING_AWAY, "the page is closed")));
        }
    }

    private void join(WebSocketChannel channel, Watch watch, boolean stamped) {
        LiveViewer viewer = new LiveViewer(channel, windows, audience, watch, stamped, patience.part());
        try {
            audience.sit(WebFigures.Kind.LIVE);
        } catch (RefusedException full) {
            viewer.close(TRY_AGAIN_LATER, "too many viewers");
            return;
        }
        if (viewers.isEmpty()) {
            round = new Round(channel.getIoThread());
        }
        viewers.add(viewer);
        news = news.next(windows.cameras(), pictures);
        viewer.start(news, () -> leave(viewer));
    }

    private void leave(LiveViewer viewer) {
        viewers.remove(viewer);
        audience.leave(WebFigures.Kind.LIVE);
        Round running = round;
        if (viewers.isEmpty() && running != null) {
            running.stop();
            round = null;
        }
    }

    private void lookForPictures(Round now) throws InterruptedException {
        while (true) {
            News.Text last = News.Text.of("pictures", windows.recentPictures().apply(PICTURES));
            if (!last.equals(pictures)) {
                pictures = last;
                post(now.thread());
            }
            now.pause();
        }
    }

    private void tick() {
        viewers.forEach(LiveViewer::tick);
        tell();
    }

    /** One task at a time stands in the queue of the I/O thread. */
    private void post(XnioIoThread thread) {
        if (posted.compareAndSet(false, true)) {
            try {
                thread.execute(this::tell);
            } catch (RejectedExecutionException stopped) {
                log.debug("the page is closed, nobody is told");
            }
        }
    }

    private void tell() {
        posted.set(false);
        news = news.next(windows.cameras(), pictures);
        viewers.forEach(viewer -> viewer.follow(news));
    }

    /** What goes on from the first viewer to the last. */
    private final class Round {
        private final XnioIoThread thread;
        private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);
        private final Runnable happened = this::happened;
        private final XnioExecutor.Key clock;
        private final Worker worker;

        Round(XnioIoThread thread) {
            this.thread = thread;
            this.clock = thread.executeAtInterval(Live.this::tick, LOOK_ROUND.toMillis(), TimeUnit.MILLISECONDS);
            windows.events().ring(happened);
            this.worker = Worker.start("web-live", () -> lookForPictures(this));
        }

        XnioIoThread thread() {
            return thread;
        }

        void pause() throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(BREATH.toMillis());
            bell.poll(LOOK_ROUND.minus(BREATH).toMillis(), TimeUnit.MILLISECONDS);
        }

        void stop() {
            windows.events().forget(happened);
            clock.remove();
            worker.stop();
        }

        void close() {
            stop();
            worker.close();
        }

        private void happened() {
            bell.offer(true);
            post(thread);
        }
    }
}
