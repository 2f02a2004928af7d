package io.edgecam.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the documents lead to is there: files, headings, tests. What lies on other machines is not asked for. */
@Timeout(30)
class LinksTest {
    private static final int LONGEST_README = 300;
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern OUR_PATH = Pattern.compile(
            "(?:(?:src|docs|modules|\\.ci|\\.vscode|\\.devcontainer|\\.mvn)/[\\w./-]*[\\w/]|Dockerfile\\.[\\w.]*\\w)");
    private static final Pattern TEST = Pattern.compile("([A-Z]\\w+(?:Test|IT))(?:[.#](\\w+))?");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Map<Path, Page> pages = Page.all().stream().collect(Collectors.toMap(Page::path, Function.identity()));
        List<String> dead = new ArrayList<>();
        int looked = 0;
        for (Page page : pages.values()) {
            for (String link : page.links()) {
                if (!ELSEWHERE.matcher(link).matches()) {
                    looked++;
                    if (!leadsSomewhere(page, link, pages)) {
                        dead.add(page.path() + " → " + link);
                    }
                }
            }
        }
        assertThat(looked).isGreaterThan(50);
        assertThat(dead).as("links to nowhere").isEmpty();
    }

    @Test
    void everyPathInTheTextIsThere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Page page : Page.all()) {
            for (String code : page.allCode()) {
                for (String path : OUR_PATH.matcher(code)
                        .results()
                        .filter(found -> found.start() == 0 || " '\":\n".indexOf(code.charAt(found.start() - 1)) >= 0)
                        .map(MatchResult::group)
                        .toList()) {
                    if (!Files.exists(Path.of(path))) {
                        dead.add(page.path() + " names " + path);
                    }
                }
            }
        }
        assertThat(dead).as("paths to nowhere").isEmpty();
    }

    @Test
    void everyTestInTheTextIsThere() throws IOException {
        Map<String, Path> tests = tests();
        List<String> dead = new ArrayList<>();
        int looked = 0;
        for (Page page : Page.all()) {
            for (MatchResult named :
                    page.code().stream().flatMap(LinksTest::testsOf).toList()) {
                looked++;
                Path test = tests.get(named.group(1));
                if (test == null || !Files.readString(test).contains(method(named))) {
                    dead.add(page.path() + " names " + named.group());
                }
            }
        }
        assertThat(looked).isGreaterThan(20);
        assertThat(dead).as("tests that are not there").isEmpty();
    }

    @Test
    void everyDocumentIsReachedFromTheReadme() throws IOException {
        Map<Path, Page> pages = Page.all().stream().collect(Collectors.toMap(Page::path, Function.identity()));
        Set<Path> reached = new TreeSet<>();
        Deque<Path> next = new ArrayDeque<>(List.of(Path.of("README.md")));
        while (!next.isEmpty()) {
            Path path = next.remove();
            if (reached.add(path) && pages.containsKey(path)) {
                Page page = pages.get(path);
                page.links().stream()
                        .filter(link -> !ELSEWHERE.matcher(link).matches())
                        .map(link -> link.replaceFirst("#.*", ""))
                        .filter(link -> !link.isEmpty())
                        .map(page::beside)
                        .flatMap(LinksTest::withWhatIsIn)
                        .forEach(next::add);
            }
        }
        assertThat(reached).containsAll(pages.keySet());
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThan(LONGEST_README);
    }

    private static boolean leadsSomewhere(Page page, String link, Map<Path, Page> pages) {
        String file = link.replaceFirst("#.*", "");
        String anchor = link.substring(file.length());
        Path target = file.isEmpty() ? page.path() : page.beside(file);
        if (!Files.exists(target)) {
            return false;
        }
        Page there = pages.get(target);
        return anchor.isEmpty() || (there != null && there.anchors().contains(anchor.substring(1)));
    }

    /** GitHub shows what is in a folder. */
    private static Stream<Path> withWhatIsIn(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<MatchResult> testsOf(String code) {
        return Stream.of(code.split("[ ,=']", -1))
                .map(TEST::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(java.util.regex.Matcher::toMatchResult);
    }

    private static String method(MatchResult named) {
        return named.group(2) == null ? "@" : "void " + named.group(2) + "(";
    }

    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            Collection<Path> all =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            return all.stream()
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replaceFirst("\\.java$", ""),
                            Function.identity(),
                            (one, other) -> one));
        }
    }
}
