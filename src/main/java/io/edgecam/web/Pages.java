package io.edgecam.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of the page: a fixed list, read into memory once. Immutable, for any number of threads. */
final class Pages {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final List<String> ASSETS = List.of(
            "page.css",
            "page.js",
            "theme.js",
            "look.js",
            "live.js",
            "icons.js",
            "ask.js",
            "words.js",
            "camera-view.js",
            "picture-list.js",
            "picture-facts.js",
            "picture-dialog.js",
            "taken-card.js",
            "event-list.js",
            "settings-view.js",
            "module-state.js",
            "sign-in.js",
            "icon.svg");

    private final Map<String, Reply> assets = new TreeMap<>();
    private final Reply page = load("page.html");
    private final Reply signIn = load("sign-in.html");

    Pages() {
        ASSETS.forEach(name -> assets.put("/" + name, load(name)));
    }

    /** Everything the page loads, by path. */
    Map<String, Reply> assets() {
        return Map.copyOf(assets);
    }

    Reply page() {
        return page;
    }

    /** What someone without the token sees in the place of the page. */
    Reply signIn() {
        return new Reply(401, signIn.contentType(), signIn.body(), Map.of("WWW-Authenticate", Entrance.CHALLENGE));
    }

    private static Reply load(String name) {
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the page's file " + name + " is missing in the jar");
            }
            return Reply.of(200, type, ByteBuffer.wrap(in.readAllBytes()).asReadOnlyBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
