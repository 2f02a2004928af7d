package io.edgecam.storage;

import io.edgecam.picture.Picture;
import io.edgecam.picture.PictureState;
import io.edgecam.picture.ShotQuality;
import io.edgecam.picture.Timings;
import io.edgecam.picture.Trigger;
import io.edgecam.storage.SpoolFile.DamagedException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of a picture, as text that survives a restart: {@code key=value} lines, line breaks and backslashes
 * escaped. Unknown keys are skipped, so that an older version can read the spool of a newer one.
 */
record PictureText(Picture picture, String latest) {
    static String write(Picture picture, String latest) {
        StringBuilder text = new StringBuilder(512);
        line(text, "id", picture.id());
        line(text, "camera", picture.camera());
        line(text, "capturedAt", picture.capturedAt().toString());
        line(text, "container", picture.container());
        line(text, "blobName", picture.blobName());
        line(text, "url", picture.url());
        line(text, "bytes", String.valueOf(picture.bytes()));
        line(text, "width", String.valueOf(picture.width()));
        line(text, "height", String.valueOf(picture.height()));
        line(text, "sha256", picture.sha256());
        line(text, "trigger", picture.trigger().word());
        picture.label().ifPresent(label -> line(text, "label", label));
        line(text, "frameAge", picture.frameAge().toString());
        picture.quality().ifPresent(quality -> {
            line(text, "brightness", String.valueOf(quality.brightness()));
            line(text, "sharpness", String.valueOf(quality.sharpness()));
            line(text, "frozen", String.valueOf(quality.frozen()));
            line(text, "covered", String.valueOf(quality.covered()));
        });
        line(text, "frame", picture.timings().frame().toString());
        line(text, "develop", picture.timings().develop().toString());
        line(text, "latest", latest);
        return text.toString();
    }

    static PictureText read(String text) throws DamagedException {
        Map<String, String> values = new HashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, Math.max(equals, 0)), unescape(line.substring(equals + 1)));
        });
        try {
            return new PictureText(picture(values), values.getOrDefault("latest", ""));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new DamagedException("its text cannot be read: " + e.getMessage());
        }
    }

    private static Picture picture(Map<String, String> values) {
        return new Picture(
                value(values, "id"),
                value(values, "camera"),
                Instant.parse(value(values, "capturedAt")),
                PictureState.SPOOLED,
                value(values, "container"),
                value(values, "blobName"),
                value(values, "url"),
                Integer.parseInt(value(values, "bytes")),
                Integer.parseInt(value(values, "width")),
                Integer.parseInt(value(values, "height")),
                value(values, "sha256"),
                Trigger.valueOf(value(values, "trigger").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(values.get("label")),
                Duration.parse(value(values, "frameAge")),
                quality(values),
                new Timings(
                        Duration.parse(value(values, "frame")),
                        Duration.parse(value(values, "develop")),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO));
    }

    private static Optional<ShotQuality> quality(Map<String, String> values) {
        return values.containsKey("brightness")
                ? Optional.of(new ShotQuality(
                        Integer.parseInt(value(values, "brightness")),
                        Integer.parseInt(value(values, "sharpness")),
                        Boolean.parseBoolean(value(values, "frozen")),
                        Boolean.parseBoolean(value(values, "covered"))))
                : Optional.empty();
    }

    private static String value(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append('=');
        text.append(value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"));
        text.append('\n');
    }

    private static String unescape(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                c = switch (value.charAt(i)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> value.charAt(i);
                };
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
