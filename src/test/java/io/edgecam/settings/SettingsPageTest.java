package io.edgecam.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.json.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page about settings says what the code does. */
@Timeout(10)
class SettingsPageTest {
    private static final Path PAGE = Path.of("docs", "settings.md");
    private static final String BEGIN = "<!-- settings: begin (made from the code, SettingsPageTest compares) -->\n";
    private static final String END = "<!-- settings: end -->";

    @Test
    void itsTableIsThatOfTheCode() throws IOException {
        String table = Settings.catalogue().stream()
                .map(Field::markdown)
                .collect(Collectors.joining(
                        "\n", "| setting | must be | default | meaning |\n|---|---|---|---|\n", "\n"));

        assertThat(between(BEGIN, END))
                .withFailMessage(() -> "The table in " + PAGE + " is not that of the code; put this there:\n" + table)
                .isEqualTo(table);
    }

    @Test
    void itsSampleIsGood() throws IOException {
        assertThat(Desired.valid(between("```json\n", "```")).settings().cameras())
                .containsOnlyKeys("front", "gate");
    }

    @Test
    void itNamesEveryLetterOfStrftime() throws IOException {
        String known = between("Known are `", "` and `%%`");

        for (String letter : known.split("\\s+", -1)) {
            assertThat(io.edgecam.picture.Strftime.problem(letter)).isEmpty();
        }
        assertThat(known.split("\\s+", -1)).hasSize(26);
    }

    private static String between(String begin, String end) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(begin);
        assertThat(from).as(begin).isNotNegative();
        return page.substring(from + begin.length(), page.indexOf(end, from + begin.length()));
    }
}
