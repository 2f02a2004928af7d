package io.edgecam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** docs/replaces.md names tests as its proofs: they must be there. */
@Timeout(30)
class ReplacesPageTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Map<String, Path> tests = tests();
        String page = Files.readString(Path.of("docs", "replaces.md"));

        assertThat(NAMED.matcher(page).results()).hasSizeGreaterThan(20).allSatisfy(named -> {
            Path test = tests.get(named.group(1) + ".java");
            assertThat(test).as(named.group()).isNotNull();
            assertThat(Files.readString(test)).as(named.group()).contains(method(named));
        });
    }

    private static String method(MatchResult named) {
        return named.group(2) == null ? "@Test" : "void " + named.group(2) + "(";
    }

    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(
                            Collectors.toMap(file -> file.getFileName().toString(), file -> file, (one, other) -> one));
        }
    }
}
