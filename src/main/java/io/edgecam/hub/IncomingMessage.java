package io.edgecam.hub;

/**
 * A routed message, or one from the cloud to the device.
 *
 * @param input the module's input it came through; empty for one to a device
 * @param id the sender's; empty if it gave none
 * @param body as text
 */
public record IncomingMessage(String input, String id, String body) {}
