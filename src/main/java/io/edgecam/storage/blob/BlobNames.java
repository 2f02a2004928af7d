package io.edgecam.storage.blob;

import io.edgecam.picture.Picture;
import io.edgecam.picture.UnsetClock;
import io.edgecam.storage.StoreException;
import io.edgecam.storage.StoreException.Remedy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Names and metadata of blobs, in the letters that the service takes. */
final class BlobNames {
    private static final int LONGEST = 1024;
    private static final int MOST_SEGMENTS = 254;

    private BlobNames() {}

    /** @throws StoreException if the service would refuse the name, or take it for another */
    static void check(String name) throws StoreException {
        String why = "";
        if (name.isEmpty() || name.length() > LONGEST) {
            why = "has " + name.length() + " characters, 1 to " + LONGEST + " are allowed";
        } else if (name.split("/", -1).length > MOST_SEGMENTS) {
            why = "has more than " + MOST_SEGMENTS + " parts";
        } else if (name.endsWith(".") || name.endsWith("/")) {
            why = "ends with \"" + name.charAt(name.length() - 1) + "\"";
        }
        if (!why.isEmpty()) {
            String start = name.length() > 80 ? name.substring(0, 80) + "…" : name;
            throw new StoreException(
                    Remedy.NONE, "BlobNameRefused", "The blob name " + start + " " + why + ": change cameras.*.name");
        }
    }

    /** Percent-encoded, its slashes kept. */
    static String inUrl(String name) {
        return encode(name).replace("%2F", "/");
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What a blob says of its picture. Metadata travels as HTTP headers, so anything but ASCII is percent-encoded. */
    static Map<String, String> metadata(Picture picture) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("id", encode(picture.id()));
        metadata.put("camera", encode(picture.camera()));
        metadata.put("capturedAt", picture.capturedAt().toString());
        if (UnsetClock.said(picture.capturedAt())) {
            metadata.put("clock", "unset");
        }
        metadata.put("trigger", picture.trigger().word());
        picture.label().filter(label -> !label.isEmpty()).ifPresent(label -> metadata.put("label", encode(label)));
        picture.quality().ifPresent(quality -> {
            metadata.put("brightness", String.valueOf(quality.brightness()));
            metadata.put("sharpness", String.valueOf(quality.sharpness()));
            metadata.put("frozen", quality.frozen() ? "1" : "0");
            metadata.put("covered", quality.covered() ? "1" : "0");
        });
        return metadata;
    }
}
