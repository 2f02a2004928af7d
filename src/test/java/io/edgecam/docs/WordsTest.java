package io.edgecam.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.event.EventType;
import io.edgecam.taking.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/**
 * Every word that the program says to the outside stands in its document: methods, events and their fields, codes of errors,
 * options. Settings are compared in SettingsPageTest, metrics in MetricsTest, variables in ChecksTest.
 */
@Timeout(30)
class WordsTest {
    private static final Path CODE = Path.of("src", "main", "java", "io", "edgecam");

    @Test
    void everyMethodHasASection() throws IOException {
        String module = Files.readString(CODE.resolve("EdgeModule.java"));
        int from = module.indexOf("Methods.Method> methods(");
        Set<String> methods = words(module.substring(from, module.indexOf("\n    }", from)), "\"(\\w+)\",");
        methods.add("takePicture");
        assertThat(methods).contains("getStatus", "getLedger");
        assertThat(Page.of("docs/methods.md").anchors())
                .containsAll(methods.stream().map(String::toLowerCase).toList());
    }

    @Test
    void everyEventHasARowWithItsOutput() throws IOException {
        String page = Page.of("docs/telemetry.md").prose();
        for (EventType type : EventType.values()) {
            assertThat(page)
                    .containsPattern(
                            "(?m)^\\| `" + type.output().word() + "` \\| [^|]*`" + type.word() + "`[^|]*\\| \\w");
        }
    }

    @Test
    void everyNameInAnAnswerAndAnEventIsToldOf() throws IOException {
        Set<String> names = new TreeSet<>();
        names.addAll(words(CODE.resolve("contract"), "\\b(?:add|addProperty|put)\\(\\s*\"(\\w+)\""));
        names.addAll(words(CODE, "\\bEvent\\.of\\w*\\([^;]*?Map\\.of\\(\\s*\"(\\w+)\""));
        assertThat(names).hasSizeGreaterThan(40);
        assertToldOf(names, Page.of("docs/methods.md"), Page.of("docs/telemetry.md"));
    }

    @Test
    void everyCodeOfAnErrorIsToldOf() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (Taken.Reason reason : Taken.Reason.values()) {
            codes.add(reason.word());
        }
        codes.addAll(words(CODE.resolve("contract"), "\\berror\\(\\s*\\d+,\\s*\"(\\w+)\""));
        codes.addAll(words(CODE.resolve("hub"), "\\berror\\(\\s*\\d+,\\s*\"(\\w+)\""));
        codes.addAll(words(CODE.resolve("EdgeModule.java"), "\\berror\\(\\s*\\d+,\\s*\"(\\w+)\""));
        assertThat(codes).contains("UnknownMethod", "LedgerUnreadable");
        assertToldOf(codes, Page.of("docs/methods.md"));
    }

    @Test
    void everyCodeOfThePageIsToldOf() throws IOException {
        Set<String> codes =
                words(CODE.resolve("web"), "\\b(?:(?:error|RefusedException)\\(\\s*\\d+,|health\\()\\s*\"(\\w+)\"");
        assertThat(codes).contains("TooLarge", "WrongHost", "Unhealthy");
        assertToldOf(codes, Page.of("docs/web.md"));
    }

    @Test
    void everyCodeOfTheStoreIsToldOf() throws IOException {
        Set<String> codes = words(
                CODE.resolve("storage"),
                "(?:Remedy\\.\\w+,|\\b(?:operator|retry|blocked|offline)\\()\\s*\"([A-Z]\\w+)\"");
        assertThat(codes).contains("NameTaken", "FolderFull");
        assertToldOf(codes, Page.of("docs/storage.md"));
    }

    @Test
    void everyOptionIsToldOf() throws IOException {
        Set<String> options = new TreeSet<>();
        gather(new CommandLine(io.edgecam.Main.class), options);
        gather(new CommandLine(io.edgecam.localedge.Main.class), options);
        gather(new CommandLine(io.edgecam.localedge.demo.Demo.class), options);
        assertThat(options).contains("--settings", "--out", "--modules", "--folder-store");
        assertToldOf(options, Page.all().toArray(Page[]::new));
    }

    private static void assertToldOf(Set<String> words, Page... pages) {
        Set<String> missing = new TreeSet<>(words);
        missing.removeIf(word -> Stream.of(pages).anyMatch(page -> page.tellsOf(word)));
        assertThat(missing)
                .as("not in " + Stream.of(pages).map(Page::path).toList())
                .isEmpty();
    }

    private static void gather(CommandLine program, Set<String> options) {
        program.getCommandSpec().options().forEach(option -> options.add(option.longestName()));
        program.getSubcommands().values().forEach(command -> gather(command, options));
    }

    /** The words that a pattern picks out of the code in a file or a folder. */
    private static Set<String> words(Path where, String pattern) throws IOException {
        Set<String> words = new TreeSet<>();
        try (Stream<Path> files = Files.walk(where)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                words.addAll(words(Files.readString(file), pattern));
            }
        }
        return words;
    }

    private static Set<String> words(String code, String pattern) {
        return Pattern.compile(pattern)
                .matcher(code)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
