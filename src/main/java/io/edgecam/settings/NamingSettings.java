package io.edgecam.settings;

import io.edgecam.picture.NameTemplate;

/**
 * What a camera's pictures are called.
 *
 * @param latest blob that always holds the newest picture; empty = none
 */
public record NamingSettings(NameTemplate name, String latest) {}
