package io.edgecam.picture;

/** How blobs are named: strftime in UTC and {@code {camera}}-like tokens, checked when it is made. */
public record NameTemplate(String template) {}
