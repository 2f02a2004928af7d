package io.edgecam.camera.source;

import java.util.List;

/** A JVM that owns a program and passes on what it writes; to be killed by a test. */
final class ProgramOwner {
    private ProgramOwner() {}

    public static void main(String[] command) throws Exception {
        try (Program program = Program.start(List.of(command))) {
            program.output().transferTo(System.out);
        }
    }

    /** Starts such a JVM. */
    static Process start(java.util.Map<String, String> environment, String... command) throws java.io.IOException {
        List<String> line = new java.util.ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ProgramOwner.class.getName()));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
