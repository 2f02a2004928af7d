package io.edgecam.hub;

import java.time.Instant;

/**
 * How the line is.
 *
 * @param kind {@code iotedge}, {@code module}, {@code device} or {@code none}
 * @param connected whether wishes come in and reports go out now
 * @param since when it came to be so
 * @param error why there is no connection; empty otherwise
 * @param connects how many connections there were, the present one included
 */
public record LinkStatus(String kind, boolean connected, Instant since, String error, int connects) {}
