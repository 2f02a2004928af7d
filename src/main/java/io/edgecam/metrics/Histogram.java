package io.edgecam.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How often something took how long, in buckets from 5 ms to 30 s. For any number of threads. */
final class Histogram {
    /** Upper bounds in seconds; above the last there is one bucket more. */
    static final List<Double> BOUNDS = List.of(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

    private final long[] counts = new long[BOUNDS.size() + 1];
    private double seconds;

    synchronized void add(Duration duration) {
        double took = (double) duration.toNanos() / TimeUnit.SECONDS.toNanos(1);
        int bucket = 0;
        while (bucket < BOUNDS.size() && took > BOUNDS.get(bucket)) {
            bucket++;
        }
        counts[bucket]++;
        seconds += took;
    }

    synchronized Reading reading() {
        List<Long> copy = new ArrayList<>();
        for (long count : counts) {
            copy.add(count);
        }
        return new Reading(copy, seconds);
    }

    /**
     * One moment of it.
     *
     * @param counts of each bucket alone, from the shortest
     * @param seconds the sum of all
     */
    record Reading(List<Long> counts, double seconds) {
        Reading {
            counts = List.copyOf(counts);
        }
    }
}
