package io.edgecam.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.picture.NameTemplate.Subject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NameTemplateTest {
    private static final Instant MOMENT = Instant.parse("2026-11-21T05:00:00.123Z");
    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._/=-]{1,1024}");
    private static final String FULL = "%Y%m%dT%H%M%S.%L";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {camera}/%Y/%m/%d/%Y%m%dT%H%M%S.%LZ-{trigger}.jpg | front/2026/11/21/20261121T050000.123Z-method.jpg
            {device}/{module}/{label}/%s-{sequence}.jpg       | edge-1/CameraModule/my_plants/1795237200-42.jpg
            year=%Y/%j/%I%p%M%S-%L                            | year=2026/325/05AM0000-123
            """)
    void expandsMomentAndTokens(String template, String name) {
        assertThat(new NameTemplate(template).expand(subject("my plants"))).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ../../etc/passwd | ______etc_passwd
            ..               | __
            .                | _
            a..b             | a__b
            a/b\\c           | a_b_c
            über             | _ber
            50% "x"          | 50___x_
            ``               | none
            a.b=c-d_e        | a.b=c-d_e
            """)
    void makesALabelFitForAName(String label, String name) {
        String expanded = new NameTemplate("{label}/" + FULL).expand(subject(label));

        assertThat(BlobName.problem(expanded)).isEmpty();
        assertThat(expanded).isEqualTo(name + "/20261121T050000.123");
    }

    @Test
    void writesNoneForALabelThatIsMissing() {
        Subject plain = new Subject(MOMENT, "front", "d", "m", Trigger.WEB, 1, Optional.empty());

        assertThat(new NameTemplate("{label}/" + FULL).expand(plain)).startsWith("none/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {foo}%s%L            | has the unknown {foo}; known are {camera} {device} {label} {module} {sequence} {trigger}
            {Camera}%s%L         | has the unknown {Camera}; known are {camera} {device} {label} {module} {sequence} {trigger}
            {camera%s%L          | has a lone brace; known are {camera} {device} {label} {module} {sequence} {trigger}
            a}%s%L               | has a lone brace; known are {camera} {device} {label} {module} {sequence} {trigger}
            a b%s%L              | gives a name with a space; names have only letters A to Z, digits and . _ = - /
            %T%F%L               | gives a name with a ':'; names have only letters A to Z, digits and . _ = - /
            %F%R%z%L             | gives a name with a ':'; names have only letters A to Z, digits and . _ = - /
            ü%s%L                | gives a name with a character U+00FC; names have only letters A to Z, digits and . _ = - /
            /%s%L                | gives a name with an empty part: no / at the start, at the end or beside another /
            %s%L/                | gives a name with an empty part: no / at the start, at the end or beside another /
            a//%s%L              | gives a name with an empty part: no / at the start, at the end or beside another /
            ../%s%L              | gives a name with two dots in a row or a dot at the end of a part
            ./%s%L               | gives a name with two dots in a row or a dot at the end of a part
            a/./%s%L             | gives a name with two dots in a row or a dot at the end of a part
            %s%L.                | gives a name with two dots in a row or a dot at the end of a part
            {camera}             | could give two pictures one name: the year (%Y), the month (%m), the day (%d), the hour (%H), the minute (%M), the second (%S), the millisecond (%L) or {sequence} must be in it; %Y%m%dT%H%M%S.%L is enough
            %F-{sequence}        | could give two pictures one name: the hour (%H), the minute (%M), the second (%S) must be in it; %Y%m%dT%H%M%S.%L is enough
            %Y%m%d%I%M%S%L       | could give two pictures one name: the hour (%H) must be in it; %Y%m%dT%H%M%S.%L is enough
            %Y%m%dT%H%M%S        | could give two pictures one name: the millisecond (%L) or {sequence} must be in it; %Y%m%dT%H%M%S.%L is enough
            """)
    void refusesATemplateWithTheFix(String template, String problem) {
        assertThat(NameTemplate.problem(template)).contains(problem);
        assertThatThrownBy(() -> new NameTemplate(template)).hasMessage(problem);
    }

    @Test
    void refusesATemplateThatCouldGiveTooLongANameOrTooManyParts() {
        assertThat(NameTemplate.problem("{label}".repeat(9) + FULL))
                .get()
                .asString()
                .startsWith("gives a name of 1171 characters");
        String third = "a/".repeat(83) + "{trigger}/";
        assertThat(NameTemplate.problem(third.repeat(3) + "b/c/" + FULL))
                .contains("gives a name of 255 parts, names have at most 254");
        assertThat(NameTemplate.problem(third.repeat(3) + "b/" + FULL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyNameOfEveryGoodTemplateIsFit(long seed) {
        Random random = new Random(seed);
        int good = 0;
        for (int i = 0; i < 4_000; i++) {
            String text = template(random);
            if (NameTemplate.problem(text).isEmpty()) {
                good++;
                String name = new NameTemplate(text).expand(subject(random));
                assertThat(name)
                        .as("seed %d, template %s", seed, text)
                        .matches(FIT)
                        .doesNotContain("..", "//", "./")
                        .doesNotStartWith("/")
                        .doesNotEndWith(".")
                        .doesNotEndWith("/");
                assertThat(name.split("/", -1)).hasSizeLessThanOrEqualTo(BlobName.MAX_SEGMENTS);
            }
        }
        assertThat(good).isGreaterThan(400);
    }

    @Test
    void picturesOfDifferentMomentsHaveDifferentNames() {
        Random random = new Random(4);
        NameTemplate template = new NameTemplate("{camera}/%Y/%m/%d/%Y%m%dT%H%M%S.%LZ-{trigger}.jpg");
        Set<Long> moments = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            long millis = MOMENT.toEpochMilli() + random.nextInt(100_000_000);
            moments.add(millis);
            names.add(template.expand(
                    new Subject(Instant.ofEpochMilli(millis), "c", "d", "m", Trigger.SCHEDULE, i, Optional.empty())));
        }

        assertThat(names).hasSameSizeAs(moments);
    }

    private static String template(Random random) {
        List<String> pieces = List.of(
                "{camera}",
                "{device}",
                "{module}",
                "{trigger}",
                "{sequence}",
                "{label}",
                "%A",
                "%B",
                "%e",
                "%D",
                "%p",
                "%T",
                "%Z",
                "/",
                ".",
                "..",
                "-",
                "_",
                "=",
                "a",
                "Z9",
                " ",
                "é",
                "{x}",
                "%%",
                "./",
                "//");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        text.append(random.nextBoolean() ? FULL : "%s-{sequence}");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    private static Subject subject(Random random) {
        return new Subject(
                Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L)),
                text(random),
                text(random),
                text(random),
                random.nextBoolean() ? Trigger.SCHEDULE : Trigger.WEB,
                random.nextLong(Long.MAX_VALUE),
                random.nextBoolean() ? Optional.empty() : Optional.of(text(random)));
    }

    private static String text(Random random) {
        String likely = "../.\\ aZ09-_=.%{}\u0000\n:é";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 400 : 8); i > 0; i--) {
            text.append(
                    random.nextInt(5) == 0
                            ? (char) random.nextInt(0x10000)
                            : likely.charAt(random.nextInt(likely.length())));
        }
        return text.toString();
    }

    private static Subject subject(String label) {
        return new Subject(MOMENT, "front", "edge-1", "CameraModule", Trigger.METHOD, 42, Optional.of(label));
    }
}
