package io.edgecam.localedge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who signs in: a device, or a module of it; immutable. */
record Identity(String device, @Nullable String module) {
    private static final String MODEL_ID = "model-id=";

    static Identity parse(String id) {
        int slash = id.indexOf('/');
        return slash < 0 ? new Identity(id, null) : new Identity(id.substring(0, slash), id.substring(slash + 1));
    }

    /** Reads an MQTT user name: {@code hub/device/[module/]?api-version=…}; empty when it names another hub. */
    static Optional<Identity> ofUserName(String userName, Predicate<String> hub) {
        int question = userName.indexOf('?');
        String path = question < 0 ? userName : userName.substring(0, question);
        String[] parts = path.split("/", -1);
        if (parts.length < 2 || !hub.test(parts[0]) || parts[1].isEmpty()) {
            return Optional.empty();
        }
        boolean module = parts.length > 2 && !parts[2].isEmpty() && !parts[2].startsWith("api-version");
        return Optional.of(new Identity(decoded(parts[1]), module ? decoded(parts[2]) : null));
    }

    /** The Plug and Play model that an MQTT user name announces; empty when it announces none. */
    static String modelOfUserName(String userName) {
        String query = userName.substring(userName.indexOf('?') + 1);
        return Stream.of(query.split("&", -1))
                .filter(part -> part.startsWith(MODEL_ID))
                .map(part -> decoded(part.substring(MODEL_ID.length())))
                .findFirst()
                .orElse("");
    }

    /** The MQTT client id, and the key under which it is kept. */
    String id() {
        return module == null ? device : device + "/" + module;
    }

    /** The name people use for it. */
    String name() {
        return module == null ? device : module;
    }

    /** Whether a SAS token's resource is this identity at one of the hub's names. */
    boolean isAudience(String resource, Predicate<String> hub) {
        String path = "/devices/" + device + (module == null ? "" : "/modules/" + module);
        return resource.endsWith(path) && hub.test(resource.substring(0, resource.length() - path.length()));
    }

    /** Where its own topics begin, with the closing slash. */
    String topics() {
        return "devices/" + device + (module == null ? "/" : "/modules/" + module + "/");
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
