package io.edgecam.settings;

import io.edgecam.settings.DeviceSettings.Kind;
import io.edgecam.settings.DeviceSettings.Source;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the address of a camera. Only the kinds that are known here pass, so no text of the twin becomes a path, a
 * pipeline or a command of its own; and no address is repeated, for it may hold a password. For any number of threads.
 */
final class SourceText {
    static final String KIND = "/dev/video0, /dev/v4l/by-id/… or by-path/…, rtsp://… or rtsps://…,"
            + " http://… or https://…, test:, folder:/path or exec:NAME";

    private static final int MAX_CHARACTERS = 1024;
    private static final Pattern V4L2 =
            Pattern.compile("/dev/video[0-9]{1,3}|/dev/v4l/by-(id|path)/[A-Za-z0-9][A-Za-z0-9._:+@=,-]{0,250}");
    private static final Pattern VARIANT = Pattern.compile("[a-z0-9-]{0,32}");
    private static final Pattern COMMAND = Pattern.compile("[A-Za-z0-9_]{1,32}");
    private static final List<String> STREAMS = List.of("rtsp", "rtsps");
    private static final List<String> WEB = List.of("http", "https");

    private final DeclaredCommands commands;

    SourceText(DeclaredCommands commands) {
        this.commands = commands;
    }

    Source read(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "has " + text.length() + " characters, an address has at most " + MAX_CHARACTERS);
        }
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        if (text.startsWith("/")) {
            return device(text);
        }
        if (STREAMS.contains(scheme)) {
            return new Source(Kind.RTSP, network(text));
        }
        if (WEB.contains(scheme)) {
            return new Source(Kind.HTTP, network(text));
        }
        return switch (scheme) {
            case "test" -> new Source(Kind.TEST, variant(rest));
            case "folder" -> new Source(Kind.FOLDER, Folders.absolute(rest).toString());
            case "exec" -> new Source(Kind.EXEC, command(rest));
            default -> throw new IllegalArgumentException("is no kind of camera that is known; it must be " + KIND);
        };
    }

    private static Source device(String text) {
        if (!V4L2.matcher(text).matches() || text.contains("..")) {
            throw new IllegalArgumentException(
                    "is no video device; it must be /dev/video and a number, or a name in /dev/v4l/by-id or /dev/v4l/by-path");
        }
        return new Source(Kind.V4L2, text);
    }

    /** Any @ is refused: where a password has a / or a ? in it, a parser takes what follows for path or query. */
    private static String network(String text) {
        if (text.contains("@")) {
            throw new IllegalArgumentException(
                    "holds a user name or password: take them out and set username and password"
                            + " beside it (an @ that belongs to the path is written %40)");
        }
        URI url = Urls.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "is no correct URL; blanks and other special characters are written as %20"));
        if (url.getHost() == null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "must name a host and have no #, such as rtsp://192.168.1.20:554/stream1");
        }
        return text;
    }

    private static String variant(String text) {
        if (!VARIANT.matcher(text).matches()) {
            throw new IllegalArgumentException("must be test: alone or with the name of a variant, such as test:flaky");
        }
        return text;
    }

    private String command(String name) {
        if (!COMMAND.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "must be exec: and a name of letters, digits and _; declared on this device are "
                            + commands.names());
        }
        commands.arguments(name);
        return name;
    }
}
