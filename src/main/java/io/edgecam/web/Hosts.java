package io.edgecam.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names under which this server may be called. A page elsewhere can point a name of its own at this machine and so
 * read what is meant for its neighbours (DNS rebinding); it can do so with names only, hence every address is welcome.
 * Immutable, for any number of threads.
 */
final class Hosts {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Path OWN_NAME = Path.of("/proc/sys/kernel/hostname");
    /** Names by which other containers and leaf devices know this one. */
    private static final List<String> VARIABLES = List.of("HOSTNAME", "IOTEDGE_MODULEID", "IOTEDGE_GATEWAYHOSTNAME");

    private final Set<String> names = new TreeSet<>();

    private Hosts(List<String> own, List<String> allowed) {
        names.add("localhost");
        for (String name : own) {
            names.add(lower(name));
            names.add(lower(name) + ".local");
        }
        for (String name : allowed) {
            names.add(nameIn(name).orElse(lower(name)));
        }
    }

    static Hosts of(List<String> own, List<String> allowed) {
        return new Hosts(own.stream().filter(name -> !name.isBlank()).toList(), allowed);
    }

    /** With the names of this machine, looked up without the network, which might be slow or not there. */
    static Hosts ofThisMachine(List<String> allowed) {
        Set<String> own = new TreeSet<>();
        VARIABLES.forEach(variable -> own.add(System.getenv().getOrDefault(variable, "")));
        try {
            own.add(Files.readString(OWN_NAME).strip());
        } catch (IOException notLinux) {
            own.add("");
        }
        return of(List.copyOf(own), allowed);
    }

    /** @param authority a Host header: name or address, and perhaps a port */
    boolean welcome(String authority) {
        return nameIn(authority)
                .filter(name -> names.contains(name) || ADDRESS.matcher(name).matches())
                .isPresent();
    }

    /** The name or address in an authority, in small letters; empty if it is none. */
    static Optional<String> nameIn(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        return matcher.matches() ? Optional.of(lower(matcher.group(1))) : Optional.empty();
    }

    private static String lower(String name) {
        String small = name.strip().toLowerCase(Locale.ROOT);
        return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
    }
}
