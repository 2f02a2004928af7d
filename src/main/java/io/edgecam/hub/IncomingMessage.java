package io.edgecam.hub;

import java.time.Instant;
import java.util.Optional;

/**
 * A routed message, or one from the cloud to the device.
 *
 * @param input the module's input it came through; empty for one to a device
 * @param id the sender's; empty if it gave none
 * @param created when the sender made it, by its own clock; empty if it did not say
 * @param body as text
 */
public record IncomingMessage(String input, String id, Optional<Instant> created, String body) {}
