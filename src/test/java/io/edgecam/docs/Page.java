package io.edgecam.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A document in Markdown, as far as the tests look at it. Immutable.
 *
 * @param path from the root of the repository
 * @param prose everything but the fenced blocks
 * @param blocks the fenced blocks
 */
record Page(Path path, String prose, List<Block> blocks) {
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", "config");
    private static final Pattern FENCE = Pattern.compile("^\\s*```(\\w*)\\s*$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("(?<!\\\\)\\[[^\\]]*]\\(([^)\\s]+)\\)");

    /** A fenced block: the word behind the fence, or nothing, and the lines. */
    record Block(String language, String text) {}

    /** Every document of the repository. */
    static List<Page> all() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            List<Page> pages = new ArrayList<>();
            for (Path file : files.filter(Page::isOurs).sorted().toList()) {
                pages.add(read(file));
            }
            return pages;
        }
    }

    static Page of(String path) throws IOException {
        return read(Path.of(path));
    }

    /** What the page writes as code, between backticks in its prose. */
    List<String> code() {
        return CODE.matcher(prose).results().map(found -> found.group(1)).toList();
    }

    /** As {@link #code}, and the fenced blocks. */
    List<String> allCode() {
        return Stream.concat(code().stream(), blocks.stream().map(Block::text)).toList();
    }

    /** Where it leads to: addresses, files, {@code #anchors}. What is code is no link. */
    List<String> links() {
        return LINK.matcher(CODE.matcher(prose).replaceAll("code"))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The anchors of its headings, as GitHub makes them. */
    Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(prose)
                .results()
                .map(heading -> anchor(heading.group(1)))
                .map(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A file that it names, from its own folder. */
    Path beside(String name) {
        Path folder = path.getParent();
        return (folder == null ? Path.of(name) : folder.resolve(name)).normalize();
    }

    /** Whether the word is in its code, by itself. */
    boolean tellsOf(String word) {
        Pattern alone = Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])");
        return allCode().stream().anyMatch(code -> alone.matcher(code).find());
    }

    private static String anchor(String heading) {
        String words = LINK.matcher(heading).replaceAll(link -> {
            String shown = link.group();
            return shown.substring(1, shown.indexOf(']'));
        });
        return words.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
                .replace(' ', '-');
    }

    private static boolean isOurs(Path file) {
        for (Path part : file) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return file.toString().endsWith(".md") && Files.isRegularFile(file);
    }

    private static Page read(Path path) throws IOException {
        StringBuilder prose = new StringBuilder();
        StringBuilder inside = new StringBuilder();
        List<Block> blocks = new ArrayList<>();
        String language = "";
        boolean fenced = false;
        for (String line : Files.readAllLines(path)) {
            List<MatchResult> fence = FENCE.matcher(line).results().toList();
            if (!fence.isEmpty()) {
                if (fenced) {
                    blocks.add(new Block(language, inside.toString()));
                    inside.setLength(0);
                }
                language = fence.get(0).group(1);
                fenced = !fenced;
            } else {
                (fenced ? inside : prose).append(line).append('\n');
            }
        }
        if (fenced) {
            throw new IllegalStateException(path + ": a fence is not closed");
        }
        return new Page(path, prose.toString(), blocks);
    }
}
