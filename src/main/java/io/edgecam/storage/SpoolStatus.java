package io.edgecam.storage;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits on this device.
 *
 * @param oldest when the oldest waiting picture was taken
 * @param dropped pictures given up since the start because the spool was full
 * @param kind {@code disk}, or {@code tmpfs}: memory, which a reboot of the host empties
 */
public record SpoolStatus(int pictures, long bytes, Optional<Instant> oldest, long dropped, String kind) {}
