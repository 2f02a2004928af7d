package io.edgecam.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Who looks, who is too slow and who is refused, since the start of the module. For any number of threads. */
public final class WebFigures {
    /** How someone looks: at a stream of one camera, or at all cameras over a WebSocket. */
    public enum Kind {
        STREAM,
        LIVE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why someone is sent away who asks for nothing wrong. */
    public enum Full {
        /** All seats of viewers are taken. */
        VIEWERS,
        /** Too many requests wait for an answer. */
        BUSY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> CLASSES = List.of("1xx", "2xx", "3xx", "4xx", "5xx");

    private record Seat(String camera, Kind kind) implements Comparable<Seat> {
        @Override
        public int compareTo(Seat other) {
            return toString().compareTo(other.toString());
        }
    }

    private final Map<Kind, LongAdder> viewers = zeros(Kind.values());
    private final Map<Kind, LongAdder> closed = zeros(Kind.values());
    private final Map<Full, LongAdder> refused = zeros(Full.values());
    private final Map<String, LongAdder> answers = zeros(CLASSES.toArray(String[]::new));
    private final Map<Seat, LongAdder> skipped = new ConcurrentSkipListMap<>();
    private final LongAdder wrongTokens = new LongAdder();
    private final LongAdder lockouts = new LongAdder();

    public void came(Kind kind) {
        count(viewers, kind).increment();
    }

    public void left(Kind kind) {
        count(viewers, kind).decrement();
    }

    /** A viewer gets a newer picture in place of one. */
    public void skipped(String camera, Kind kind) {
        skipped.computeIfAbsent(new Seat(camera, kind), unseen -> new LongAdder())
                .increment();
    }

    /** A viewer who does not read any more is closed. */
    public void closed(Kind kind) {
        count(closed, kind).increment();
    }

    public void refused(Full why) {
        count(refused, why).increment();
    }

    public void wrongToken() {
        wrongTokens.increment();
    }

    public void lockedOut() {
        lockouts.increment();
    }

    /** A request was answered; a stream counts when it ends. */
    public void answered(int status) {
        LongAdder answer = answers.get(status / 100 + "xx");
        if (answer != null) {
            answer.increment();
        }
    }

    void write(Exposition out) {
        Exposition.Family looking = out.gauge("edgecam_web_viewers", "Who looks now, by kind: stream, live");
        viewers.forEach((kind, number) -> looking.add(number.sum(), Map.of("kind", kind.word())));
        Exposition.Family skips = out.counter(
                "edgecam_web_frames_skipped_total", "Pictures that a slow viewer did not get because a newer one came");
        skipped.forEach((seat, number) -> skips.add(
                number.sum(),
                Map.of("camera", seat.camera(), "kind", seat.kind().word())));
        Exposition.Family stuck =
                out.counter("edgecam_web_viewers_closed_total", "Viewers closed because they did not read any more");
        closed.forEach((kind, number) -> stuck.add(number.sum(), Map.of("kind", kind.word())));
        Exposition.Family full = out.counter(
                "edgecam_web_refused_total", "Requests sent away, by reason: viewers (web.maxViewers), busy");
        refused.forEach((why, number) -> full.add(number.sum(), Map.of("reason", why.word())));
        out.counter("edgecam_web_wrong_tokens_total", "Wrong tokens and cookies that were shown")
                .add(wrongTokens.sum());
        out.counter("edgecam_web_lockouts_total", "Addresses not looked at for a minute because of wrong tokens")
                .add(lockouts.sum());
        Exposition.Family requests =
                out.counter("edgecam_web_requests_total", "Requests to the page's port, by the class of their status");
        answers.forEach((status, number) -> requests.add(number.sum(), Map.of("status", status)));
    }

    private static <K> LongAdder count(Map<K, LongAdder> counts, K key) {
        return counts.getOrDefault(key, new LongAdder());
    }

    @SafeVarargs
    private static <K extends Comparable<K>> Map<K, LongAdder> zeros(K... keys) {
        Map<K, LongAdder> zeros = new ConcurrentSkipListMap<>();
        for (K key : keys) {
            zeros.put(key, new LongAdder());
        }
        return zeros;
    }
}
