package io.edgecam.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.edgecam.json.Exact;
import io.edgecam.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The page and the streams.
 *
 * @param token empty = none: then the page listens on loopback only, unless {@code anonymous}
 */
public record WebSettings(
        boolean enabled,
        int port,
        Secret token,
        boolean anonymous,
        List<String> allowedHosts,
        int maxViewers,
        int streamFramerate) {
    public WebSettings {
        allowedHosts = List.copyOf(allowedHosts);
    }

    private static final int MAX_HOSTS = 32;
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}]");

    static WebSettings read(Fields in) {
        WebSettings web = new WebSettings(
                in.flag("enabled", true, "serve the page, snapshots and streams"),
                in.whole("port", 1337, 1, 65535, "TCP port"),
                new Secret(in.secret(
                        "token",
                        "16 to 256 letters, digits and . _ ~ + / -",
                        "what a visitor must show; without it the page is served on loopback only",
                        Secrets::token)),
                in.flag("anonymous", false, "serve the page to everybody, without a token"),
                in.value(
                        "allowedHosts",
                        "up to " + MAX_HOSTS + " names or addresses, without port",
                        new JsonArray(),
                        "names by which visitors may call this module, beside its own",
                        WebSettings::hosts),
                in.whole("maxViewers", 32, 1, 256, "streams at the same time"),
                in.whole("streamFramerate", 10, 1, 60, "the most frames per second of a stream"));
        if (web.anonymous && !web.token.isEmpty()) {
            in.refuse("anonymous", "is true and a token is set, too; leave out one of the two");
        }
        return web;
    }

    private static List<String> hosts(JsonElement value) {
        List<String> hosts = new ArrayList<>();
        for (JsonElement item : Exact.list(value, 0, MAX_HOSTS, "names of hosts")) {
            String host = Exact.text(item, 253);
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException("holds " + Exact.quoted(host)
                        + "; it must be names such as camera.local or addresses, without http:// and port");
            }
            hosts.add(host);
        }
        return hosts;
    }
}
