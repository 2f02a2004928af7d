package io.edgecam.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What a reader is told to type is there: scripts, our programs with their options, goals and tests of Maven. */
@Timeout(30)
class CommandsTest {
    private static final Set<String> SHELL = Set.of("sh", "bash", "console");
    private static final Set<String> PHASES = Set.of("clean", "test-compile", "test", "package", "verify", "install");
    private static final Pattern OUR_SCRIPT =
            Pattern.compile("(?:\\./|src/|modules/|\\.ci/)(?:[\\w-]+/)*[\\w-]+(?:\\.sh|\\.py)?");
    private static final Pattern CLASS = Pattern.compile("io\\.edgecam(?:\\.[a-z0-9]+)*\\.[A-Z]\\w+");
    private static final Pattern ASKED_TEST = Pattern.compile("-D(?:it\\.)?test=(.+)");

    @Test
    void everyScriptIsThereAndCanBeRun() throws IOException {
        assertNoneWrong(
                5,
                words -> OUR_SCRIPT.matcher(words.get(0)).matches() && !Files.isDirectory(Path.of(words.get(0))),
                words -> Files.isExecutable(Path.of(words.get(0))) ? "" : "cannot be run");
    }

    @Test
    void ourProgramTakesWhatItIsGiven() throws IOException {
        assertNoneWrong(
                5,
                words -> words.get(0).equals("java") && jar(words) > 0,
                words -> problem(new CommandLine(io.edgecam.Main.class), words.subList(jar(words) + 1, words.size())));
    }

    @Test
    void theDemoTakesWhatItIsGiven() throws Exception {
        Set<String> acts = Pattern.compile("(?m)^\\./demo ([a-z]+)")
                .matcher(Files.readString(Path.of("demo")))
                .results()
                .map(act -> act.group(1))
                .collect(Collectors.toSet());
        assertThat(acts).contains("call", "twin", "send");
        CommandLine demo = new CommandLine(io.edgecam.localedge.demo.Demo.class);
        assertNoneWrong(5, words -> words.get(0).equals("./demo"), words -> {
            List<String> rest = words.subList(1, words.size());
            if (rest.equals(List.of("--help"))) {
                return "";
            }
            if (!rest.isEmpty() && !rest.get(0).startsWith("-")) {
                return acts.contains(rest.get(0)) ? "" : "is no command of the demo, which has " + acts;
            }
            return problem(
                    demo, Stream.concat(Stream.of("folder"), rest.stream()).toList());
        });
    }

    @Test
    void everyProgramByItsClassIsThere() throws IOException {
        Set<String> classes = classes();
        assertNoneWrong(
                1,
                words -> words.get(0).equals("java")
                        && words.stream().anyMatch(word -> CLASS.matcher(word).matches()),
                words -> words.stream()
                        .filter(word -> CLASS.matcher(word).matches())
                        .filter(word -> !classes.contains(word))
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void theLocalEdgeTakesWhatItIsGiven() throws IOException {
        Set<String> names = Set.of(io.edgecam.localedge.Main.class.getName(), "src/localedge/start.sh");
        CommandLine program = new CommandLine(io.edgecam.localedge.Main.class);
        assertNoneWrong(
                2,
                words -> words.stream().anyMatch(names::contains),
                words -> problem(
                        program,
                        words.stream()
                                .dropWhile(word -> !names.contains(word))
                                .skip(1)
                                .toList()));
    }

    @Test
    void mavenKnowsTheGoalsTheProfilesAndTheTests() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Set<String> classes = classes();
        assertNoneWrong(
                5,
                words -> words.get(0).equals("mvn"),
                words -> words.stream()
                        .skip(1)
                        .map(word -> problemForMaven(word, pom, classes))
                        .filter(problem -> !problem.isEmpty())
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void theScriptsAskForProfilesThatThereAre() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        for (String script : List.of("demo", ".ci/run", "src/test/images.sh", "src/localedge/start.sh")) {
            assertThat(Pattern.compile("\\bmvn\\b[^\\n]* -P(\\w+)")
                            .matcher(Files.readString(Path.of(script)))
                            .results()
                            .map(found -> found.group(1)))
                    .as(script)
                    .allMatch(profile -> pom.contains("<id>" + profile + "</id>"));
        }
    }

    /** Nothing but what one command is asked for may be wrong with it. */
    private static void assertNoneWrong(int atLeast, Which which, Problem problem) throws IOException {
        List<String> wrong = new ArrayList<>();
        int looked = 0;
        for (Page page : Page.all()) {
            for (List<String> words : commands(page)) {
                if (which.concerns(words)) {
                    looked++;
                    String said = problem.of(words);
                    if (!said.isEmpty()) {
                        wrong.add(page.path() + ": " + String.join(" ", words) + ": " + said);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(looked).isGreaterThanOrEqualTo(atLeast);
    }

    private static List<List<String>> commands(Page page) {
        Stream<String> fenced = page.blocks().stream()
                .filter(block -> SHELL.contains(block.language()))
                .map(Page.Block::text);
        return Stream.concat(fenced, page.code().stream())
                .flatMap(text -> Shell.commands(text).stream())
                .toList();
    }

    private static String problem(CommandLine program, List<String> arguments) {
        try {
            program.parseArgs(arguments.toArray(String[]::new));
            return "";
        } catch (ParameterException e) {
            return e.getMessage();
        }
    }

    private static int jar(List<String> words) {
        int option = words.indexOf("-jar");
        return option >= 0 && option + 1 < words.size() && words.get(option + 1).endsWith("edgecam.jar")
                ? option + 1
                : -1;
    }

    private static String problemForMaven(String word, String pom, Set<String> classes) {
        List<MatchResult> tests = ASKED_TEST.matcher(word).results().toList();
        if (!tests.isEmpty()) {
            return Stream.of(tests.get(0).group(1).split(",", -1))
                    .map(test -> test.replaceFirst("#.*", ""))
                    .filter(test -> !test.equals("NoSuch"))
                    .filter(test -> classes.stream().noneMatch(name -> name.endsWith("." + test)))
                    .map(test -> "there is no test " + test)
                    .collect(Collectors.joining(", "));
        }
        if (word.startsWith("-P")) {
            return pom.contains("<id>" + word.substring(2) + "</id>") ? "" : "there is no profile " + word.substring(2);
        }
        if (word.startsWith("-")) {
            return "";
        }
        String plugin = word.replaceFirst(":.*", "");
        boolean known = word.contains(":")
                ? pom.contains(">" + plugin + "-maven-plugin<") || pom.contains(">maven-" + plugin + "-plugin<")
                : PHASES.contains(word);
        return known ? "" : "there is no goal " + word;
    }

    /** Of the module, the local edge and the tests, by their names with packages. */
    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.map(Path::toString)
                    .filter(file -> file.matches("src/\\w+/java/.*\\.java"))
                    .map(file -> file.replaceFirst("src/\\w+/java/", "")
                            .replaceFirst("\\.java$", "")
                            .replace('/', '.'))
                    .collect(Collectors.toSet());
        }
    }

    private interface Which {
        boolean concerns(List<String> words);
    }

    private interface Problem {
        /** What is wrong with the command; empty if nothing is. */
        String of(List<String> words) throws IOException;
    }
}
