package io.edgecam.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** As much of a shell's grammar as documents use: words, quotes, comments, commands one after the other. Stateless. */
final class Shell {
    /** What stands before a command and is none of ours. */
    private static final Set<String> BEFORE = Set.of("sudo", "nice", "time", "exec", "bash", "xvfb-run");

    private static final Pattern SETTING = Pattern.compile("\\w+=.*", Pattern.DOTALL);
    private static final Pattern CONTAINER = Pattern.compile("docker exec (?:-\\S+ )*\\S+ ");

    private Shell() {}

    /** The commands of a text, each as its words, without what is set or put before it. */
    static List<List<String>> commands(String text) {
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        boolean comment = false;
        char quote = 0;
        String whole = CONTAINER.matcher(text.replace("\\\n", " ")).replaceAll("") + "\n";
        for (int at = 0; at < whole.length(); at++) {
            char c = whole.charAt(at);
            if (comment) {
                comment = c != '\n';
                at -= comment ? 0 : 1;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == '#' && !inWord) {
                comment = true;
            } else if (Character.isWhitespace(c) || c == ';' || c == '|' || c == '&') {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
                if (c != ' ' && c != '\t') {
                    add(words, commands);
                    words = new ArrayList<>();
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        return commands;
    }

    private static void add(List<String> words, List<List<String>> commands) {
        int first = 0;
        while (first < words.size()
                && (BEFORE.contains(words.get(first))
                        || SETTING.matcher(words.get(first)).matches())) {
            first++;
        }
        if (first < words.size()) {
            commands.add(List.copyOf(words.subList(first, words.size())));
        }
    }
}
