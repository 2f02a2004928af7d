package io.edgecam.picture;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rule that keeps two pictures from sharing a name: a moment down to the second, and behind it the milliseconds or
 * the frame's sequence. The sequence alone would not do, it begins anew when the module restarts.
 */
final class Moments {
    private static final List<Need> NEEDS = List.of(
            new Need("the year (%Y)", "%Y", "%y", "%F", "%D", "%s"),
            new Need("the month (%m)", "%m", "%b", "%B", "%j", "%F", "%D", "%s"),
            new Need("the day (%d)", "%d", "%j", "%F", "%D", "%s"),
            new Need("the hour (%H)", "%H", "%s"),
            new Need("the minute (%M)", "%M", "%s"),
            new Need("the second (%S)", "%S", "%s"),
            new Need("the millisecond (%L) or {sequence}", "%L", "{sequence}"));

    private Moments() {}

    /** What is missing in a template with these letters and tokens, as the rest of a sentence. */
    static Optional<String> missing(Set<String> used) {
        Set<String> told = used.contains("%I") && used.contains("%p")
                ? Stream.concat(used.stream(), Stream.of("%H")).collect(Collectors.toSet())
                : used;
        List<String> missing = NEEDS.stream()
                .filter(need -> Collections.disjoint(need.ways, told))
                .map(Need::what)
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("could give two pictures one name: " + String.join(", ", missing)
                        + " must be in it; %Y%m%dT%H%M%S.%L is enough");
    }

    private record Need(String what, Set<String> ways) {
        Need(String what, String... ways) {
            this(what, Set.of(ways));
        }
    }
}
