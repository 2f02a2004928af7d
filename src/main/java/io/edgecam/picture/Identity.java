package io.edgecam.picture;

/**
 * Who takes the pictures: names of the IoT device and of the module on it.
 *
 * @param module empty for a device identity
 */
public record Identity(String device, String module) {}
