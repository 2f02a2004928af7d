package io.edgecam.metrics;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The text format of Prometheus, version 0.0.4
 * (<a href="https://prometheus.io/docs/instrumenting/exposition_formats/">exposition formats</a>), as far as the IoT Edge
 * metrics collector reads it: no value is infinite, no line has a time or an exemplar. For one thread.
 */
final class Exposition {
    private final Labels labels;
    private final StringBuilder text = new StringBuilder(16 * 1024);

    Exposition(Labels labels) {
        this.labels = labels;
    }

    /** Begins a family of samples; those added to it follow before the next is begun. */
    Family family(String name, String type, String meaning) {
        text.append("# HELP ").append(name).append(' ').append(meaning).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return new Family(name);
    }

    Family counter(String name, String meaning) {
        return family(name, "counter", meaning);
    }

    Family gauge(String name, String meaning) {
        return family(name, "gauge", meaning);
    }

    String text() {
        return text.toString();
    }

    /** Samples of one name. */
    final class Family {
        private final String name;

        private Family(String name) {
            this.name = name;
        }

        /** A value that is not finite is no value: its line is left out. */
        Family add(double value, Map<String, String> more) {
            return line("", value, more);
        }

        Family add(double value) {
            return add(value, Map.of());
        }

        Family add(long value, Map<String, String> more) {
            return add((double) value, more);
        }

        Family add(long value) {
            return add((double) value);
        }

        /** Its buckets, their sum and count. */
        Family add(Histogram.Reading reading, Map<String, String> more) {
            long below = 0;
            for (int i = 0; i < reading.counts().size(); i++) {
                below += reading.counts().get(i);
                Map<String, String> bucket = new LinkedHashMap<>(more);
                bucket.put("le", i < Histogram.BOUNDS.size() ? number(Histogram.BOUNDS.get(i)) : "+Inf");
                line("_bucket", (double) below, bucket);
            }
            line("_sum", reading.seconds(), more);
            return line("_count", (double) below, more);
        }

        private Family line(String suffix, double value, Map<String, String> more) {
            if (Double.isFinite(value)) {
                text.append(name).append(suffix).append(labels.with(more)).append(' ');
                text.append(number(value)).append('\n');
            }
            return this;
        }
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return String.format(Locale.ROOT, "%.6f", value).replaceAll("0+$", "");
    }
}
