package io.edgecam.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.edgecam.json.Field;
import io.edgecam.json.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that hold for every setting there is, whichever come later. */
@Timeout(30)
class EverySettingTest {
    private static final Pattern BOUNDS = Pattern.compile("(?:number|seconds) from (-?[0-9.]+) to ([0-9.]+)");

    static Stream<Field> all() {
        return Settings.catalogue().stream();
    }

    static Stream<Field> bounded() {
        return all().filter(field -> BOUNDS.matcher(field.kind()).find());
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesAValueOfTheWrongTypeByItsPath(Field field) {
        Set<String> good = field.kind().equals("true | false") ? Set.of("true") : Set.of();
        for (String wrong : List.of("{}", "[[]]", "true", "[{}]", "[1,2,3,4,5]")) {
            if (!good.contains(wrong)) {
                assertRefused(field, wrong);
            }
        }
        if (!BOUNDS.matcher(field.kind()).find() && !field.kind().startsWith("0 |")) {
            assertRefused(field, "7");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void takesItsOwnDefaultAndNull(Field field) {
        assertTaken(field, "null");
        if (!field.standard().isEmpty()) {
            assertTaken(field, field.standard());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void suggestsItsNameForATypo(Field field) {
        String typo = field.path() + "x";

        assertThat(Desired.problems(Desired.with(typo, "1"), Map.of())).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo(typo.replace("*", "front"));
            assertThat(problem.problem()).contains("is not known here; is ").contains(" meant? known: [");
        });
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void keepsItsBounds(Field field) {
        MatchResult bounds = BOUNDS.matcher(field.kind()).results().findFirst().orElseThrow();

        assertAt(field, bounds.group(1), false);
        assertAt(field, bounds.group(2), false);
        assertAt(field, bounds.group(1) + "e0", false);
        assertAt(field, "-0.001", true);
        assertAt(field, "-1", true);
        assertAt(field, bounds.group(2) + (bounds.group(2).contains(".") ? "1" : ".001"), true);
        assertAt(field, String.valueOf((long) Double.parseDouble(bounds.group(2)) + 1), true);
        assertAt(field, "\"" + bounds.group(2) + "\"", true);
        assertAt(field, "1e400", true);
        assertAt(field, "99999999999", true);
    }

    @Test
    void thereAreAsManyAsTheContractHas() {
        assertThat(all().map(Field::path)).hasSize(66).doesNotHaveDuplicates();
        assertThat(all().map(Field::meaning)).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cameras.*.rotate                   | 45                | must be one of [0, 90, 180, 270], not 45
            cameras.*.rotate                   | "90"              | must be a whole number from 0 to 270, not "90"
            cameras.*.flip                     | "Horizontal"      | must be one of [none, horizontal, vertical, both], not "Horizontal"
            cameras.*.roi                      | [0, 0, 1]         | must be a list of 4 numbers, not of 3
            cameras.*.roi                      | [0.5, 0, 0.6, 1]  | reaches out of the picture: left + width and top + height may be at most 1
            cameras.*.roi                      | [0, 0, 0, 1]      | must be a number from 0.01 to 1, not 0
            cameras.*.roi                      | [0, 0, "1", 1]    | must be a number from 0.01 to 1, not "1"
            cameras.*.privacyMasks             | [[[0,0],[1,1]]]   | must be a list of 3 to 64 points [x, y], not of 2
            cameras.*.privacyMasks             | [[[0,0],[1,1],[2,0]]] | must be a number from 0 to 1, not 2
            cameras.*.privacyMasks             | [[[0,0],[1,1],[0]]]   | must be a list of 2 numbers, not of 1
            cameras.*.motion.masks             | [[0,0],[1,1],[1,0]]   | must be a list of 3 to 64 points [x, y], not of 2
            cameras.*.stamp.text               | "%Q"              | has the unknown %Q; known are %A %B %D %F %G %H %I %L %M %R %S %T %V %Y %Z %a %b %d %e %j %m %p %s %u %y %z, and %% for a percent sign
            cameras.*.stamp.timezone           | "Europe/Berln"    | is "Europe/Berln", which is no time zone of the IANA list, such as Europe/Berlin or UTC; is Europe/Berlin meant?
            cameras.*.stamp.timezone           | "+01:00"          | is "+01:00", which is no time zone of the IANA list, such as Europe/Berlin or UTC
            cameras.*.name                     | "{camera}.jpg"    | could give two pictures one name: the year (%Y), the month (%m), the day (%d), the hour (%H), the minute (%M), the second (%S), the millisecond (%L) or {sequence} must be in it; %Y%m%dT%H%M%S.%L is enough
            cameras.*.latest                   | "../x"            | gives a name with two dots in a row or a dot at the end of a part
            cameras.*.schedule.days            | "mo-fr"           | must be days out of [mon, tue, wed, thu, fri, sat, sun], as a span mon-fri or a list mon,wed,fri
            cameras.*.schedule.days            | "mon-wed-fri"     | must be days out of [mon, tue, wed, thu, fri, sat, sun], as a span mon-fri or a list mon,wed,fri
            cameras.*.schedule.days            | ""                | must be days out of [mon, tue, wed, thu, fri, sat, sun], as a span mon-fri or a list mon,wed,fri
            cameras.*.schedule.from            | "6:30"            | must be a time from 00:00 to 24:00, written with two digits each, not "6:30"
            cameras.*.schedule.until           | "24:01"           | must be a time from 00:00 to 24:00, written with two digits each, not "24:01"
            cameras.*.schedule.until           | "00:00"           | is the same as from, so there would never be a picture; all day is from 00:00 until 24:00
            cameras.*.schedule.intervalSeconds | 0.05              | must be 0 for off, or at least 0.1
            cameras.*.schedule                 | {"intervalSeconds": 5, "offsetSeconds": 5} | must be less than intervalSeconds
            cameras.*.username                 | "a\\nb"           | must be text without control characters and broken characters
            cameras.*.stamp                    | "below"           | must be an object { … }, not text
            spool.folder                       | "spool"           | must be the absolute path of a folder, such as /spool: no .. in it, and not / itself
            spool.folder                       | "/a/../etc"       | must be the absolute path of a folder, such as /spool: no .. in it, and not / itself
            spool.folder                       | "/"               | must be the absolute path of a folder, such as /spool: no .. in it, and not / itself
            spool.whenFull                     | "dropOldest"      | must be one of [overwriteOldest, rejectNew], not "dropOldest"
            web.token                          | "short"           | must be 16 to 256 letters, digits and . _ ~ + / -; a good one is made by: openssl rand -hex 24
            web.allowedHosts                   | ["http://a"]      | holds "http://a"; it must be names such as camera.local or addresses, without http:// and port
            web                                | {"anonymous": true, "token": "0123456789abcdef"} | is true and a token is set, too; leave out one of the two
            telemetry.heartbeatSeconds         | 0.5               | must be 0 for never, or at least 1
            """)
    void saysWhatToWriteInstead(String path, String value, String problem) {
        assertThat(Desired.problems(Desired.with(path, value), Map.of()))
                .extracting(Problem::problem)
                .containsExactly(problem);
    }

    private static void assertAt(Field field, String number, boolean refused) {
        boolean isWhole = field.kind().startsWith("a whole");
        if (isWhole && number.endsWith("e0") && number.contains(".")) {
            return;
        }
        if (refused) {
            assertRefused(field, number);
        } else {
            assertTaken(field, number);
        }
    }

    private static void assertRefused(Field field, String value) {
        JsonObject desired = Desired.with(field.path(), value);

        assertThat(Desired.problems(desired, Map.of()))
                .as(desired.toString())
                .extracting(Problem::path)
                .contains(field.path().replace("*", "front"));
    }

    private static void assertTaken(Field field, String value) {
        JsonObject desired = Desired.with(field.path(), value);

        assertThat(Desired.problems(desired, Map.of()))
                .as(desired.toString())
                .filteredOn(problem -> problem.problem().startsWith("must be a"))
                .isEmpty();
    }
}
