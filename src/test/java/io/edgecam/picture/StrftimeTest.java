package io.edgecam.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class StrftimeTest {
    private static final Instant MOMENT = Instant.parse("2026-01-04T23:05:09.007Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            %Y/%m/%d %H:%M:%S | 2026/01/04 23:05:09
            %L                | 007
            %y                | 26
            %j                | 004
            %a %A             | Sun Sunday
            %b %B             | Jan January
            [%e]              | [ 4]
            %I %p             | 11 PM
            %z                | +0000
            %Z                | UTC
            %s                | 1767567909
            %F                | 2026-01-04
            %T                | 23:05:09
            %R                | 23:05
            %D                | 01/04/26
            %u                | 7
            %G-W%V            | 2026-W01
            100%%             | 100%
            it's {a} "q" [x]  | it's {a} "q" [x]
            Grüße %Y 📷       | Grüße 2026 📷
            """)
    void writesEachLetterAsPosixDoes(String pattern, String text) {
        assertThat(new Strftime(pattern).format(MOMENT, ZoneId.of("UTC"))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-07-01T12:00:00Z | Europe/Berlin    | 14:00 CEST +0200
            2026-01-01T12:00:00Z | Europe/Berlin    | 13:00 CET +0100
            2026-01-01T12:00:00Z | America/New_York | 07:00 EST -0500
            2026-01-01T00:30:00Z | Asia/Kolkata     | 06:00 IST +0530
            """)
    void followsTheZoneAndItsSummer(String moment, String zone, String text) {
        assertThat(new Strftime("%R %Z %z").format(Instant.parse(moment), ZoneId.of(zone)))
                .isEqualTo(text);
    }

    @Test
    void countsWeeksAsIsoDoes() {
        Strftime week = new Strftime("%G-W%V-%u");

        assertThat(week.format(Instant.parse("2027-01-01T00:00:00Z"), ZoneId.of("UTC")))
                .isEqualTo("2026-W53-5");
    }

    @Test
    void speaksEnglishWhereverItRuns() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(new Strftime("%A %d %B %p").format(MOMENT, ZoneId.of("UTC")))
                    .isEqualTo("Sunday 04 January PM");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %Y %q    | has the unknown %q; known are %A %B
            %Y%      | ends with a lone %; known are %A %B
            %-d      | has the unknown %-; known are %A %B
            %📷      | has the unknown %📷; known are %A %B
            """)
    void refusesWhatItDoesNotKnowAndSaysWhatItDoes(String pattern, String problem) {
        assertThat(Strftime.problem(pattern)).get().asString().startsWith(problem);
        assertThatThrownBy(() -> new Strftime(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPatternWithoutEnd() {
        assertThat(Strftime.problem("x".repeat(256))).isEmpty();
        assertThat(Strftime.problem("x".repeat(257))).contains("has 257 characters, a pattern has at most 256");
    }

    @Test
    void isEqualToTheSamePattern() {
        assertThat(new Strftime("%Y"))
                .isEqualTo(new Strftime("%Y"))
                .hasSameHashCodeAs(new Strftime("%Y"))
                .isNotEqualTo(new Strftime("%y"))
                .hasToString("%Y");
    }
}
