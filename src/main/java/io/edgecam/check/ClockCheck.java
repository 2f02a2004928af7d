package io.edgecam.check;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Compares the clock with the one of the blob service, which says what time it is in each answer. */
public final class ClockCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private final InstantSource clock;
    private final Optional<URI> service;

    /** @param service any address of a web service; it is asked for nothing but the time */
    public ClockCheck(InstantSource clock, Optional<URI> service) {
        this.clock = clock;
        this.service = service;
    }

    @Override
    public List<Finding> look() {
        Instant now = clock.instant();
        if (now.isBefore(EARLIEST)) {
            return List.of(Finding.wrong(
                    "clock",
                    "shows " + now + ", which is past: this device has no time yet; see timedatectl on the host"));
        }
        if (service.isEmpty()) {
            return List.of(Finding.note("clock", "shows " + now + "; no service is known here to compare it with"));
        }
        try {
            Optional<Instant> there = time(service.get().toURL());
            return List.of(
                    there.isPresent()
                            ? Moment.compare(
                                    clock.instant(), there.get(), service.get().getHost())
                            : Finding.note(
                                    "clock",
                                    "shows " + now + "; " + service.get().getHost() + " does not say the time"));
        } catch (IOException | DateTimeException e) {
            return List.of(
                    Finding.note("clock", "shows " + now + "; " + service.get().getHost() + " was not reached: " + e));
        }
    }

    private static Optional<Instant> time(URL address) throws IOException {
        if (!(address.openConnection() instanceof HttpURLConnection connection)) {
            return Optional.empty();
        }
        try {
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("HEAD");
            return Optional.ofNullable(connection.getHeaderField("Date"))
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } finally {
            connection.disconnect();
        }
    }
}
