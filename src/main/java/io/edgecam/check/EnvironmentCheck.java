package io.edgecam.check;

import io.edgecam.settings.DeclaredCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;

/** Java, the user, and the variables that the owner of the device can set. */
public final class EnvironmentCheck implements Check {
    /** Every variable of this program, beside those of the hub link and the blob service; in docs/deployment.md, too. */
    static final Set<String> KNOWN = Set.of(
            "EDGECAM_CAMERA_CERTIFICATES",
            "EDGECAM_FFMPEG",
            "EDGECAM_HUB_DEAD_MINUTES",
            "EDGECAM_LIBRARY_LOG_LEVEL",
            "EDGECAM_LOG_FORMAT",
            "EDGECAM_LOG_LEVEL",
            "EDGECAM_OPENCV_LIBRARY",
            "EDGECAM_PROTOCOL",
            "EDGECAM_TLS",
            "EDGECAM_TLS_CERTIFICATE",
            "EDGECAM_TLS_KEY");

    private static final String OURS = "EDGECAM_";
    private static final int OLDEST_JAVA = 17;
    private static final long MEGABYTE = 1024 * 1024;

    private final Map<String, String> environment;
    private final Path process;

    public EnvironmentCheck(Map<String, String> environment) {
        this(environment, Path.of("/proc/self/status"));
    }

    EnvironmentCheck(Map<String, String> environment, Path process) {
        this.environment = Map.copyOf(environment);
        this.process = process;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(user());
        findings.addAll(variables());
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        String sentence = "Java " + version + " on " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, heap of up to "
                + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB";
        return version < OLDEST_JAVA
                ? Finding.wrong("java", sentence + "; install Java " + OLDEST_JAVA + " or later")
                : Finding.ok("java", sentence);
    }

    /** By number, for that is what the kernel compares. */
    private Finding user() {
        try {
            String user = "?";
            String groups = "";
            for (String line : Files.readAllLines(process)) {
                if (line.startsWith("Uid:")) {
                    user = new Scanner(line.substring("Uid:".length())).next();
                } else if (line.startsWith("Groups:")) {
                    groups = line.substring("Groups:".length()).strip();
                }
            }
            String sentence = "number " + user + ", in the groups " + (groups.isEmpty() ? "none" : groups);
            return user.equals("0")
                    ? Finding.note("user", sentence + ": root is not needed, and a picture's file then belongs to root")
                    : Finding.ok("user", sentence);
        } catch (IOException e) {
            return Finding.note("user", "cannot be told: " + e);
        }
    }

    private List<Finding> variables() {
        List<Finding> findings = new ArrayList<>();
        DeclaredCommands commands = new DeclaredCommands(environment);
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(DeclaredCommands.PREFIX)) {
                findings.add(command(commands, name));
            } else if (name.startsWith(OURS) && !KNOWN.contains(name)) {
                findings.add(Finding.wrong(
                        name,
                        "is no variable of this program and has no effect; known: " + new TreeSet<>(KNOWN) + " and "
                                + DeclaredCommands.PREFIX + "…"));
            }
        }
        return findings;
    }

    private static Finding command(DeclaredCommands commands, String variable) {
        String name = variable.substring(DeclaredCommands.PREFIX.length());
        try {
            return Finding.ok(
                    variable, "declares the command " + commands.arguments(name).get(0) + " for exec:" + name);
        } catch (IllegalArgumentException e) {
            return Finding.wrong(variable, "exec:" + name + " " + e.getMessage());
        }
    }
}
